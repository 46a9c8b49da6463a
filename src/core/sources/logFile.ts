import type { Evaluation } from "./evaluation.js";
import type { Evaluator } from "./evaluator.js";
import type { FolderReader, GuardedFile } from "./folderReader.js";
import { type Checkpoint, type CheckpointStore, fingerprint, sameContent } from "./logCheckpoint.js";
import type { Reading, SourceDefinition } from "./source.js";
import { detectEncoding, ENCODING_SAMPLE_BYTES } from "./textEncoding.js";
import { type FileMetric, readingsOf, shapesOf } from "./userFile.js";

/** Bytes read and evaluated at a time. */
const CHUNK_BYTES = 1024 * 1024;

/** A last line without an end counts as complete when nobody has written for this long (ms). */
const LAST_LINE_REST_MS = 2_000;

/** Before the first line. */
const UNREAD: Checkpoint = { offset: 0, lines: 0, states: null, head: "", tail: "" };

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
    // A damaged checkpoint is none: the file is read from its beginning.
    const checkpoint = (await this.advance(opened, start)) ?? (await this.advance(opened, UNREAD)) ?? UNREAD;
    this.checkpoints.set(this.key, checkpoint);

    const rest = Date.now() - opened.modifiedAt;
    const unfinished = opened.size > checkpoint.offset;
    const complete = unfinished && rest >= LAST_LINE_REST_MS;
    // What of an unfinished line counts now is counted anew when it has ended: the checkpoint stays before it.
    const { values } = await this.evaluate(
      opened,
      checkpoint,
      complete ? opened.size : checkpoint.offset,
      complete,
    );
    return {
      metrics: readingsOf(this.file, this.fileMetrics, values),
      content: `${checkpoint.tail} ${checkpoint.lines} ${complete}`,
      recheckInMs: unfinished && !complete ? Math.max(1, LAST_LINE_REST_MS - rest) : null,
    };
  }

  /** Where to read on: where it was left; at the beginning of a file that took a rotated one's place; else anew. */
  private async resume(opened: GuardedFile): Promise<Checkpoint> {
    const checkpoint = await this.checkpoints.get(this.key);
    if (checkpoint === null) return UNREAD;
    if (await sameContent(opened, checkpoint)) return checkpoint;
    const rest = await this.finishRotated(checkpoint);
    return { ...UNREAD, states: rest?.states ?? null };
  }

  /** Reads what was left of a file that was rotated away, if it stands beside its successor; `null` if not. */
  private async finishRotated(checkpoint: Checkpoint): Promise<Checkpoint | null> {
    for (const sibling of await this.reader.siblings(this.file)) {
      const read = await this.reader.read(sibling, { appendOnly: true }, async (rotated) =>
        (await sameContent(rotated, checkpoint)) ? this.advance(rotated, checkpoint, true) : null,
      );
      if (read?.result) return read.result;
    }
    return null;
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
      const evaluation = await this.evaluate(opened, { offset, lines, states }, end, last);
      if (evaluation.states === null) return null;
      // A line longer than a chunk is taken in pieces, rather than never.
      const consumed =
        evaluation.consumed === 0 && end - offset === CHUNK_BYTES ? CHUNK_BYTES : evaluation.consumed;
      if (consumed === 0) break;
      offset += consumed;
      lines = evaluation.lines;
      states = evaluation.states;
    }
    return { offset, lines, states, ...(await fingerprint(opened, offset)) };
  }

  private async evaluate(
    opened: GuardedFile,
    from: Pick<Checkpoint, "offset" | "lines" | "states">,
    end: number,
    complete: boolean,
  ): Promise<Evaluation> {
    const head = await opened.read(0, ENCODING_SAMPLE_BYTES);
    return this.evaluator.evaluate({
      kind: "lines",
      format: this.format,
      bytes: await opened.read(from.offset, end - from.offset),
      encoding: detectEncoding(head),
      selections: this.fileMetrics.map(({ selection }) => selection),
      states: from.states,
      linesBefore: from.lines,
      complete,
    });
  }
}
