import type { Evaluation } from "./evaluation.js";
import type { Evaluator } from "./evaluator.js";
import type { FolderReader, GuardedFile } from "./folderReader.js";
import { type Checkpoint, type CheckpointStore, fingerprint, sameContent } from "./logCheckpoint.js";
import { requireIdentity, rotatedSince, stepsAside } from "./logRotation.js";
import { endOfLine } from "./longLine.js";
import type { Reading, SourceDefinition } from "./source.js";
import { SourceError } from "./sourceError.js";
import { detectEncoding, ENCODING_SAMPLE_BYTES, type TextEncoding } from "./textEncoding.js";
import { type FileMetric, readingsOf, shapesOf } from "./userFile.js";

/** Bytes read and evaluated at a time. */
const CHUNK_BYTES = 1024 * 1024;

/** A last line without an end counts as complete when nobody has written for this long (ms). */
const LAST_LINE_REST_MS = 2_000;

/** Before the first line. */
const UNREAD: Checkpoint = { offset: 0, lines: 0, states: null, head: "", tail: "", identity: "" };

/** More that was never read is refused: it would take minutes, and is no log that a person follows. */
const MAX_UNREAD_BYTES = 16 * 1024 ** 3;

/** A file that grows by lines: read on from where it was left, over rotations and restarts. */
export class LogFile implements SourceDefinition {
  readonly name: string;
  readonly candidates: readonly string[];
  readonly appendOnly = true;
  readonly optional = false;
  readonly metrics;
  private readonly key: string;

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
    const start = await this.resume(opened);
    if (opened.size - start.offset > MAX_UNREAD_BYTES) throw tooLong(opened);
    // At the end of a rotated log whose successor is empty; what was never read gets to know its file.
    const waits = opened.size === 0 && start.identity !== "";
    const checkpoint = waits ? start : await this.advanceOrBegin(opened, start);
    const rest = Date.now() - opened.modifiedAt;
    const unfinished = opened.size > checkpoint.offset;
    const complete = unfinished && rest >= LAST_LINE_REST_MS;
    // What of an unfinished line counts now is counted anew when it has ended: the checkpoint stays before it.
    const { values } = await this.evaluateLast(opened, checkpoint, complete);
    return {
      metrics: readingsOf(this.file, this.fileMetrics, values),
      content: `${checkpoint.tail} ${checkpoint.lines} ${complete}`,
      recheckInMs: unfinished && !complete ? Math.max(1, LAST_LINE_REST_MS - rest) : null,
      accept: () => this.checkpoints.set(this.key, checkpoint),
    };
  }

  /** Where to read on: where it was left; at the beginning of a file that took a rotated one's place; else anew. */
  private async resume(opened: GuardedFile): Promise<Checkpoint> {
    const checkpoint = await this.checkpoints.get(this.key);
    if (checkpoint === null) return UNREAD;
    const same = await sameContent(opened, checkpoint);
    if (same && !(await stepsAside(this.reader, this.file, opened, checkpoint))) return checkpoint;
    return this.finishRotated(opened, checkpoint);
  }

  /**
   * Reads what was left of the file that was rotated away, and the files that came and went since. While the new one is
   * empty the last of them is not at its end: a program may still write there until it opens the new one.
   */
  private async finishRotated(opened: GuardedFile, checkpoint: Checkpoint): Promise<Checkpoint> {
    let last: Checkpoint | null = null;
    const logs = await rotatedSince(this.reader, this.file, opened, checkpoint);
    for (const [index, log] of logs.entries()) {
      const ended = opened.size > 0 || index < logs.length - 1;
      const from: Checkpoint = log.known ? checkpoint : { ...UNREAD, states: last?.states ?? null };
      const read = await this.reader.read(log.file, { appendOnly: true }, async (rotated) => {
        requireIdentity(rotated, log);
        return log.read ? from : this.advance(rotated, from, ended);
      });
      last = read?.result ?? null;
      if (last === null) return UNREAD;
    }
    if (last === null || opened.size === 0) return last ?? UNREAD;
    return { ...UNREAD, states: last.states };
  }

  /** A damaged checkpoint is none: the file is read from its beginning. */
  private async advanceOrBegin(opened: GuardedFile, start: Checkpoint): Promise<Checkpoint> {
    return (await this.advance(opened, start)) ?? (await this.advance(opened, UNREAD)) ?? UNREAD;
  }

  /**
   * Evaluates all complete lines from a checkpoint on; the last one too, where no more will come. `null` where the
   * checkpoint is damaged.
   */
  private async advance(opened: GuardedFile, from: Checkpoint, ended = false): Promise<Checkpoint | null> {
    let { offset, lines, states } = from;
    while (offset < opened.size) {
      const end = Math.min(offset + CHUNK_BYTES, opened.size);
      const last = ended && end === opened.size;
      let evaluation = await this.evaluate(opened, { offset, lines, states }, end, last);
      if (evaluation.states === null) return null;
      let next = offset + evaluation.consumed;
      if (next === offset && end - offset === CHUNK_BYTES) {
        // A piece of a longer line is no line: what stands in it could pass for a value.
        next = (await endOfLine(opened, end, await encodingOf(opened))) ?? (ended ? opened.size : offset);
        if (next > offset) evaluation = await this.leaveOutLine({ lines, states });
      }
      if (next === offset) break;
      offset = next;
      ({ lines, states } = evaluation);
    }
    return { offset, lines, states, ...(await fingerprint(opened, offset)) };
  }

  /** Evaluates what follows the last complete line, where that counts; nothing else. */
  private evaluateLast(opened: GuardedFile, from: Checkpoint, complete: boolean): Promise<Evaluation> {
    if (complete && opened.size - from.offset > CHUNK_BYTES) return this.leaveOutLine(from);
    return this.evaluate(opened, from, complete ? opened.size : from.offset, complete);
  }

  private leaveOutLine({ lines, states }: Pick<Checkpoint, "lines" | "states">): Promise<Evaluation> {
    const selections = this.fileMetrics.map(({ selection }) => selection);
    return this.evaluator.evaluate({
      kind: "longLine",
      format: this.format,
      selections,
      states,
      linesBefore: lines,
    });
  }

  private async evaluate(
    opened: GuardedFile,
    from: Pick<Checkpoint, "offset" | "lines" | "states">,
    end: number,
    complete: boolean,
  ): Promise<Evaluation> {
    return this.evaluator.evaluate({
      kind: "lines",
      format: this.format,
      bytes: await opened.read(from.offset, end - from.offset),
      encoding: await encodingOf(opened),
      selections: this.fileMetrics.map(({ selection }) => selection),
      states: from.states,
      linesBefore: from.lines,
      complete,
    });
  }
}

async function encodingOf(opened: GuardedFile): Promise<TextEncoding> {
  return detectEncoding(await opened.read(0, ENCODING_SAMPLE_BYTES));
}

function tooLong({ size }: GuardedFile): SourceError {
  const gigabytes = Math.floor(size / 1024 ** 3);
  return new SourceError(`the log has ${gigabytes} GB, more than the 16 GB that are read. Rotate it.`);
}
