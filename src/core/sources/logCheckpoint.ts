import { contentDigest } from "./contentDigest.js";
import type { GuardedFile } from "./folderReader.js";
import { detectEncoding, ENCODING_SAMPLE_BYTES, type TextEncoding } from "./textEncoding.js";

/** How far a log has been read, and what tells that log from another. */
export interface Checkpoint {
  /** Bytes from the beginning: the end of a line. */
  readonly offset: number;
  /** Lines before the offset. */
  readonly lines: number;
  /** How far each selection has come; `null` at the beginning. */
  readonly states: readonly unknown[] | null;
  /** Digests of the first bytes, and of those before the offset. */
  readonly head: string;
  readonly tail: string;
  /** Which file it was, whatever its name; "" before the first. */
  readonly identity: string;
}

/** Where checkpoints are kept; what is in it is data, to be checked by who reads it. */
export interface CheckpointStore {
  get(key: string): Promise<Checkpoint | null>;
  set(key: string, checkpoint: Checkpoint): void;
}

/** Of a log's beginning, what tells it from another, and its encoding. */
export const HEAD_BYTES = 1024;
const TAIL_BYTES = 256;

/** The bytes of a log from an offset on, with enough before them to know the log by. */
export class LogChunk {
  private constructor(
    private readonly identity: string,
    /** Of the whole log. */
    private readonly head: Uint8Array,
    private readonly read: Uint8Array,
    private readonly readFrom: number,
    private readonly offset: number,
  ) {}

  /**
   * One read for the bytes from `offset` to `end`, with those before them.
   * @param heading a read of the log's first bytes, which may still be under way
   */
  static async read(
    opened: GuardedFile,
    heading: Promise<Uint8Array>,
    offset: number,
    end: number,
  ): Promise<LogChunk> {
    const readFrom = Math.max(0, offset - TAIL_BYTES);
    const [head, read] = await Promise.all([heading, opened.read(readFrom, end - readFrom)]);
    return new LogChunk(opened.identity, head, read, readFrom, offset);
  }

  /** Of the whole log. */
  get encoding(): TextEncoding {
    return detectEncoding(this.head.subarray(0, ENCODING_SAMPLE_BYTES));
  }

  get bytes(): Uint8Array {
    return this.read.subarray(this.offset - this.readFrom);
  }

  /** What tells a log that was read up to an offset of this chunk from every other. */
  fingerprint(offset = this.offset): Pick<Checkpoint, "head" | "tail" | "identity"> {
    const tailFrom = Math.max(0, offset - TAIL_BYTES);
    return {
      head: contentDigest(this.head.subarray(0, offset)),
      tail: contentDigest(this.read.subarray(tailFrom - this.readFrom, offset - this.readFrom)),
      identity: this.identity,
    };
  }

  /** Whether what stands before the chunk is what was read up to the checkpoint. */
  follows({ head, tail }: Checkpoint): boolean {
    const now = this.fingerprint();
    return now.head === head && now.tail === tail;
  }
}

/** What tells a log that was read up to an offset from every other. */
export async function fingerprintAt(opened: GuardedFile, offset: number) {
  const chunk = await LogChunk.read(opened, opened.read(0, HEAD_BYTES), offset, offset);
  return chunk.fingerprint();
}

/** Whether a file still begins with what was read up to the checkpoint. */
export async function sameContent(opened: GuardedFile, checkpoint: Checkpoint): Promise<boolean> {
  if (opened.size < checkpoint.offset) return false;
  const now = await fingerprintAt(opened, checkpoint.offset);
  return now.head === checkpoint.head && now.tail === checkpoint.tail;
}

/** Whether a file that is shorter than what was read begins as that did: too long a beginning for a mere likeness. */
export async function beginsAlike(opened: GuardedFile, checkpoint: Checkpoint): Promise<boolean> {
  if (opened.size < HEAD_BYTES || opened.size >= checkpoint.offset) return false;
  return beginsAs(await opened.read(0, HEAD_BYTES), checkpoint);
}

/** Whether these are the first bytes of what was read up to the checkpoint. */
export function beginsAs(bytes: Uint8Array, { offset, head }: Checkpoint): boolean {
  return contentDigest(bytes.subarray(0, Math.min(HEAD_BYTES, offset))) === head;
}
