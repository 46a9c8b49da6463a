import type { Evaluated } from "./evaluation.js";
import type { Evaluator } from "./evaluator.js";
import type { FolderReader, GuardedFile } from "./folderReader.js";
import { LAST_LINE_REST_MS, LineRest } from "./lineRest.js";
import {
  type Checkpoint,
  type CheckpointStore,
  fingerprintAt,
  HEAD_BYTES,
  LogChunk,
} from "./logCheckpoint.js";
import { repeats } from "./logRewrite.js";
import { requireIdentity, rotatedSince, rotating, stepsAside } from "./logRotation.js";
import { endOfLine } from "./longLine.js";
import { unpacked } from "./packedLog.js";
import type { Reading, SourceDefinition } from "./source.js";
import { SourceError } from "./sourceError.js";
import { endOfLastLine, type TextEncoding, wholeCharacters } from "./textEncoding.js";
import { type FileMetric, readingsOf, shapesOf } from "./userFile.js";

/** Bytes read and evaluated at a time. */
const CHUNK_BYTES = 1024 * 1024;

/** Before the first line. */
const UNREAD: Checkpoint = { offset: 0, lines: 0, states: null, head: "", tail: "", identity: "" };

/** More that was never read is refused: it would take minutes, and is no log that a person follows. */
const MAX_UNREAD_BYTES = 16 * 1024 ** 3;

/** What becomes of a last line without an end: it may go on, or counts for the time being, or nothing more will come. */
type LastLine = "waits" | "counts" | "ended";

interface Advance {
  readonly checkpoint: Checkpoint;
  readonly values: readonly Evaluated[];
}

/** Why a log cannot be read on: it is not the one that was read, or nothing can go on from what is known of it. */
type NoAdvance = "another" | "damaged";

/** A file that grows by lines: read on from where it was left, over rotations and restarts. */
export class LogFile implements SourceDefinition {
  readonly name: string;
  readonly candidates: readonly string[];
  readonly appendOnly = true;
  readonly optional = false;
  readonly metrics;
  private readonly key: string;
  private readonly rest = new LineRest();

  constructor(
    private readonly file: string,
    private readonly format: "jsonl" | "text",
    private readonly fileMetrics: readonly FileMetric[],
    private readonly evaluator: Evaluator,
    private readonly reader: FolderReader,
    private readonly checkpoints: CheckpointStore,
  ) {
    this.name = file;
    this.candidates = [file];
    this.metrics = shapesOf(fileMetrics);
    // Other expressions over the same file have counted something else.
    this.key = JSON.stringify([file, fileMetrics.map(({ selection }) => selection)]);
  }

  async read(opened: GuardedFile): Promise<Reading> {
    const rest = this.rest.of(opened);
    const lastLine = rest >= LAST_LINE_REST_MS ? "counts" : "waits";
    const { checkpoint, values } = await this.readOn(opened, lastLine);
    const unfinished = opened.size > checkpoint.offset;
    return {
      metrics: readingsOf(this.file, this.fileMetrics, values),
      // The values too: of two logs with the same end, one may go on from a rotated one.
      content: `${checkpoint.tail} ${checkpoint.lines} ${JSON.stringify(values)}`,
      recheckInMs: unfinished && lastLine === "waits" ? Math.max(1, LAST_LINE_REST_MS - rest) : null,
      accept: () => this.checkpoints.set(this.key, checkpoint),
    };
  }

  /** Reads on where it was left; from the beginning of a file that took a rotated one's place; else anew. */
  private async readOn(opened: GuardedFile, lastLine: LastLine): Promise<Advance> {
    const left = await this.checkpoints.get(this.key);
    let advanced: Advance | NoAdvance = "damaged";
    if (left !== null) {
      const another = opened.size < left.offset || (await stepsAside(this.reader, this.file, opened, left));
      advanced = another ? "another" : await this.readFrom(opened, left, lastLine);
      if (advanced === "another") {
        advanced = await this.readFrom(opened, await this.finishRotated(opened, left), lastLine);
      }
    }
    // A damaged checkpoint is none: the file is read from its beginning.
    if (typeof advanced === "string") advanced = await this.readFrom(opened, UNREAD, lastLine);
    if (typeof advanced === "string") throw new SourceError("the log could not be read.", null, true);
    return advanced;
  }

  /**
   * Reads what was left of the file that was rotated away, and the files that came and went since. While the new one is
   * empty the last of them is not at its end: a program may still write there until it opens the new one.
   */
  private async finishRotated(opened: GuardedFile, left: Checkpoint): Promise<Checkpoint> {
    let last: Checkpoint | null = null;
    const logs = await rotatedSince(this.reader, this.file, opened, left);
    for (const [index, log] of logs.entries()) {
      const ended = opened.size > 0 || index < logs.length - 1;
      const from: Checkpoint = log.known ? left : { ...UNREAD, states: last?.states ?? null };
      const read = await this.reader.read(log.file, { appendOnly: true }, async (kept) => {
        requireIdentity(kept, log);
        const rotated = await unpacked(log.file, kept, null);
        if (rotated === null) return null;
        // The log was rewritten, beside a backup: a rotated one's lines do not come again.
        if (log.known && opened.size > 0 && (await repeats(opened, rotated))) return null;
        if (log.read) return from;
        const advanced = await this.advance(rotated, from, ended ? "ended" : "waits");
        return typeof advanced === "string" ? null : advanced.checkpoint;
      });
      if (read === null) throw rotating();
      last = read.result;
      if (last === null) return UNREAD;
    }
    if (last === null || opened.size === 0) return last ?? UNREAD;
    return { ...UNREAD, states: last.states };
  }

  private async readFrom(
    opened: GuardedFile,
    start: Checkpoint,
    lastLine: LastLine,
  ): Promise<Advance | NoAdvance> {
    if (opened.size - start.offset > MAX_UNREAD_BYTES) throw tooLong(opened);
    // What was never read gets to know its file, though it is empty.
    if (opened.size > 0 || start.identity === "") return this.advance(opened, start, lastLine);
    // At the end of a rotated log whose successor is empty.
    const evaluated = await this.evaluate(start, Uint8Array.of(), "utf-8", 0, false);
    return evaluated === null ? "damaged" : { checkpoint: start, values: evaluated.values };
  }

  /** Evaluates a log from a checkpoint to its end. */
  private async advance(
    opened: GuardedFile,
    from: Checkpoint,
    lastLine: LastLine,
  ): Promise<Advance | NoAdvance> {
    if (opened.size < from.offset) return "another";
    const heading = opened.read(0, HEAD_BYTES);
    for (let checkpoint = from; ; ) {
      const { offset } = checkpoint;
      const end = Math.min(offset + CHUNK_BYTES, opened.size);
      const chunk = await LogChunk.read(opened, heading, offset, end);
      if (offset === from.offset && offset > 0 && !chunk.follows(from)) return "another";

      const { bytes, encoding } = chunk;
      const last = end === opened.size || bytes.length === 0;
      const complete =
        last && lastLine === "ended" ? wholeCharacters(bytes, encoding) : endOfLastLine(bytes, encoding);
      if (complete === 0 && !last && bytes.length === CHUNK_BYTES) {
        const passed = await this.passLongLine(opened, checkpoint, encoding, lastLine);
        if (passed === null) return "damaged";
        checkpoint = passed.checkpoint;
        if (checkpoint.offset === offset || checkpoint.offset === opened.size) return passed;
        continue;
      }
      const fingerprint = chunk.fingerprint(offset + complete);
      const counts = last && lastLine === "counts";
      const evaluated = await this.evaluate(checkpoint, bytes, encoding, complete, counts);
      if (evaluated === null) return "damaged";
      const { lines, states, values } = evaluated;
      checkpoint = { offset: offset + complete, lines, states, ...fingerprint };
      if (last || complete === 0) return { checkpoint, values };
    }
  }

  /**
   * Leaves out a line that is longer than a chunk: a piece of it is no line, and what stands in it could pass for a value.
   * One without an end yet stays ahead. `null` where the checkpoint is damaged.
   */
  private async passLongLine(
    opened: GuardedFile,
    from: Checkpoint,
    encoding: TextEncoding,
    lastLine: LastLine,
  ): Promise<Advance | null> {
    const lineEnd = await endOfLine(opened, from.offset + CHUNK_BYTES, encoding);
    const offset = lineEnd ?? (lastLine === "ended" ? opened.size : from.offset);
    const evaluated =
      offset === from.offset && lastLine === "waits"
        ? await this.evaluate(from, Uint8Array.of(), encoding, 0, false)
        : await this.evaluator.evaluate({
            kind: "longLine",
            format: this.format,
            selections: this.fileMetrics.map(({ selection }) => selection),
            states: from.states,
            linesBefore: from.lines,
          });
    if (evaluated === null) return null;
    const { lines, states, values } = evaluated;
    if (offset === from.offset) return { checkpoint: from, values };
    return { checkpoint: { offset, lines, states, ...(await fingerprintAt(opened, offset)) }, values };
  }

  /** @param complete how many of the bytes are lines that have ended */
  private evaluate(
    { lines, states }: Checkpoint,
    bytes: Uint8Array,
    encoding: TextEncoding,
    complete: number,
    lastLineCounts: boolean,
  ) {
    return this.evaluator.evaluate({
      kind: "lines",
      format: this.format,
      bytes,
      encoding,
      selections: this.fileMetrics.map(({ selection }) => selection),
      states,
      linesBefore: lines,
      complete,
      lastLineCounts,
    });
  }
}

function tooLong({ size }: GuardedFile): SourceError {
  const gigabytes = Math.floor(size / 1024 ** 3);
  return new SourceError(`the log has ${gigabytes} GB, more than the 16 GB that are read. Rotate it.`);
}
