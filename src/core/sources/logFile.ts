import type { Evaluated } from "./evaluation.js";
import type { Evaluator } from "./evaluator.js";
import type { GuardedFile, GuardedReader } from "./guardedReader.js";
import { type Checkpoint, type CheckpointStore, HEAD_BYTES, LogChunk } from "./logCheckpoint.js";
import type { Reading, SourceDefinition } from "./source.js";
import { SourceError } from "./sourceError.js";
import { endOfLastLine } from "./textEncoding.js";
import { type FileMetric, readingsOf, shapesOf } from "./userFile.js";

/** Bytes read and evaluated at a time. */
const CHUNK_BYTES = 1024 * 1024;

/** A last line without an end counts as complete when nobody has written for this long (ms). */
const LAST_LINE_REST_MS = 2_000;

/** Before the first line. */
const UNREAD: Checkpoint = { offset: 0, lines: 0, states: null, head: "", tail: "" };

/** What becomes of a last line without an end: it may go on, or counts for the time being, or nothing more will come. */
type LastLine = "waits" | "counts" | "ended";

interface Advance {
  readonly checkpoint: Checkpoint;
  readonly values: readonly Evaluated[];
}

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
    private readonly reader: GuardedReader,
    private readonly checkpoints: CheckpointStore,
  ) {
    this.name = file;
    this.candidates = [file];
    this.metrics = shapesOf(fileMetrics);
    // Other expressions over the same file have counted something else.
    this.key = JSON.stringify([file, fileMetrics.map(({ selection }) => selection)]);
  }

  async read(opened: GuardedFile): Promise<Reading> {
    const rest = Date.now() - opened.modifiedAt;
    const lastLine = rest >= LAST_LINE_REST_MS ? "counts" : "waits";
    const { checkpoint, values } = await this.readOn(opened, lastLine);
    this.checkpoints.set(this.key, checkpoint);
    const unfinished = opened.size > checkpoint.offset;
    return {
      metrics: readingsOf(this.file, this.fileMetrics, values),
      // The values too: of two logs with the same end, one may go on from a rotated one.
      content: `${checkpoint.tail} ${checkpoint.lines} ${JSON.stringify(values)}`,
      recheckInMs: unfinished && lastLine === "waits" ? Math.max(1, LAST_LINE_REST_MS - rest) : null,
    };
  }

  /** Reads on where it was left; from the beginning of a file that took a rotated one's place; else anew. */
  private async readOn(opened: GuardedFile, lastLine: LastLine): Promise<Advance> {
    const left = await this.checkpoints.get(this.key);
    let advanced = await this.advance(opened, left ?? UNREAD, lastLine);
    if (advanced === "another" && left !== null) {
      const rest = await this.finishRotated(left);
      advanced = await this.advance(opened, { ...UNREAD, states: rest?.states ?? null }, lastLine);
    }
    // A damaged checkpoint is none: the file is read from its beginning.
    if (typeof advanced === "string") advanced = await this.advance(opened, UNREAD, lastLine);
    if (typeof advanced === "string") throw new SourceError("the log could not be read.", null, true);
    return advanced;
  }

  /** Reads what was left of a file that was rotated away, if it stands beside its successor; `null` if not. */
  private async finishRotated(left: Checkpoint): Promise<Checkpoint | null> {
    for (const sibling of await this.reader.siblings(this.file)) {
      const read = await this.reader.read(sibling, { appendOnly: true }, (rotated) =>
        this.advance(rotated, left, "ended"),
      );
      if (read && typeof read.result !== "string") return read.result.checkpoint;
    }
    return null;
  }

  /**
   * Evaluates a log from a checkpoint to its end. `another`: it is not the one that was read up to there; `damaged`: nothing
   * can go on from the checkpoint.
   */
  private async advance(
    opened: GuardedFile,
    from: Checkpoint,
    lastLine: LastLine,
  ): Promise<Advance | "another" | "damaged"> {
    if (opened.size < from.offset) return "another";
    const heading = opened.read(0, HEAD_BYTES);
    for (let checkpoint = from; ; ) {
      const { offset, lines, states } = checkpoint;
      const end = Math.min(offset + CHUNK_BYTES, opened.size);
      const chunk = await LogChunk.read(opened, heading, offset, end);
      if (offset === from.offset && offset > 0 && !chunk.follows(from)) return "another";

      const { bytes, encoding } = chunk;
      const last = end === opened.size || bytes.length === 0;
      const complete = last && lastLine === "ended" ? bytes.length : endOfLastLine(bytes, encoding);
      // A line longer than a chunk is passed over but for its end, rather than waited for.
      const consumed = complete === 0 && bytes.length === CHUNK_BYTES ? CHUNK_BYTES : complete;
      const fingerprint = chunk.fingerprint(offset + consumed);
      const evaluated = await this.evaluator.evaluate({
        kind: "lines",
        format: this.format,
        bytes,
        encoding,
        selections: this.fileMetrics.map(({ selection }) => selection),
        states,
        linesBefore: lines,
        complete,
        lastLineCounts: last && lastLine === "counts",
      });
      if (evaluated === null) return "damaged";
      checkpoint = {
        offset: offset + consumed,
        lines: evaluated.lines,
        states: evaluated.states,
        ...fingerprint,
      };
      if (last || consumed === 0) return { checkpoint, values: evaluated.values };
    }
  }
}
