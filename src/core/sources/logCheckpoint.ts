import { contentDigest } from "./contentDigest.js";
import type { GuardedFile } from "./folderReader.js";

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

const HEAD_BYTES = 1024;
const TAIL_BYTES = 256;

/** What tells a log that was read up to an offset from every other. */
export async function fingerprint(
  opened: GuardedFile,
  offset: number,
): Promise<Pick<Checkpoint, "head" | "tail" | "identity">> {
  const tailStart = Math.max(0, offset - TAIL_BYTES);
  const head = await opened.read(0, Math.min(offset, HEAD_BYTES));
  const tail = await opened.read(tailStart, offset - tailStart);
  return { head: contentDigest(head), tail: contentDigest(tail), identity: opened.identity };
}

/** Whether a file still begins with what was read up to the checkpoint. */
export async function sameContent(opened: GuardedFile, checkpoint: Checkpoint): Promise<boolean> {
  if (opened.size < checkpoint.offset) return false;
  const now = await fingerprint(opened, checkpoint.offset);
  return now.head === checkpoint.head && now.tail === checkpoint.tail;
}

/** Whether a file that is shorter than what was read begins as that did: too long a beginning for a mere likeness. */
export async function beginsAlike(opened: GuardedFile, checkpoint: Checkpoint): Promise<boolean> {
  if (opened.size < HEAD_BYTES || opened.size >= checkpoint.offset) return false;
  return (await fingerprint(opened, HEAD_BYTES)).head === checkpoint.head;
}
