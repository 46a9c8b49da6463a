import { setTimeout as delay } from "node:timers/promises";
import { carryOver } from "./carryOver.js";
import type { FileState, FolderReader } from "./folderReader.js";
import type { LastRead, MetricShape, Source, SourceDefinition, SourceResult, SourceState } from "./source.js";
import { describeSourceError, SourceError } from "./sourceError.js";

/** Waits (ms) between readings of a file that does not parse: a writer may be in the middle of it. */
const HALF_WRITTEN_RETRIES_MS = [15, 40, 80];

/** A file that was written this recently (ms) may still be being written. */
const FRESH_MS = 1_000;

/** File systems stamp in steps: within this time (ms) of a write, a further one can leave size and stamps as they are. */
const STAMP_STEP_MS = 100;

/** A file that gives no answer in this time (ms), on a network drive say, is left to answer later. */
const DEADLINE_MS = 10_000;

/** One data file of a workspace folder, with the last good value it gave. */
export class FileSource implements Source {
  readonly metrics: Readonly<Record<string, MetricShape>>;
  readonly optional: boolean;
  lastRead: LastRead | null = null;
  private state: SourceState;
  private revision = 0;
  private content = "";
  private settled: { file: string; signature: string; recheckAt: number | null } | null = null;
  private pending: Promise<void> | null = null;

  constructor(
    private readonly reader: FolderReader,
    private readonly definition: SourceDefinition,
  ) {
    this.metrics = definition.metrics;
    this.optional = definition.optional;
    this.state = { status: "unavailable", file: null, reading: null, error: missing(definition) };
  }

  /** Reads the file where it changed. Never throws: what is wrong is in the state. */
  async collect(): Promise<SourceResult> {
    this.pending ??= this.update().finally(() => {
      this.pending = null;
    });
    const inTime = await withDeadline(this.pending, DEADLINE_MS);
    if (!inTime)
      this.fail(this.state.file, new SourceError("the file system does not answer. It is tried again."));
    const recheckAt = this.settled?.recheckAt ?? null;
    return {
      state: this.state,
      revision: this.revision,
      recheckInMs: recheckAt === null ? null : Math.max(0, recheckAt - Date.now()),
    };
  }

  private async update(): Promise<void> {
    let file: string | null = null;
    try {
      for (const candidate of this.definition.candidates) {
        file = candidate;
        const look = await this.reader.look(candidate);
        if (look === null) continue;
        if (this.isSettled(candidate, look)) return;
        if (await this.readPatiently(candidate, look)) return;
      }
      this.settled = null;
      this.change({ status: "unavailable", file: null, reading: null, error: missing(this.definition) }, "");
    } catch (error) {
      this.settled = null;
      this.fail(file, error instanceof SourceError ? error : unexpected(error));
    }
  }

  private isSettled(file: string, look: FileState): boolean {
    const { settled } = this;
    if (settled === null || settled.file !== file || settled.signature !== look.signature) return false;
    return settled.recheckAt === null || settled.recheckAt > Date.now();
  }

  /** Reads until the file gives a value or has been at rest; `false` where it is gone meanwhile. */
  private async readPatiently(file: string, look: FileState): Promise<boolean> {
    for (const wait of [...HALF_WRITTEN_RETRIES_MS, null]) {
      try {
        return await this.readOnce(file);
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        const fresh = Date.now() - look.modifiedAt < FRESH_MS;
        if (wait === null || !fresh) {
          this.fail(file, error);
          if (error.transient) this.settled = null;
          else this.settle(file, (await this.reader.look(file)) ?? look, null);
          return true;
        }
      }
      await delay(wait);
    }
    return false;
  }

  private async readOnce(file: string): Promise<boolean> {
    const read = await this.reader.read(file, this.definition, (opened) => {
      this.lastRead = { at: Date.now(), size: opened.size };
      return this.definition.read(opened);
    });
    if (read === null) return false;
    const { result, state } = read;
    const { recheckInMs, content } = result;
    const last = this.state.file === file ? this.state.reading : null;
    this.change({ status: "available", file, reading: carryOver(last, result), error: null }, content);
    this.settle(file, state, recheckInMs === null ? null : Date.now() + recheckInMs);
    return true;
  }

  private settle(file: string, { signature, modifiedAt }: FileState, recheckAt: number | null): void {
    const trusted = Math.abs(Date.now() - modifiedAt) > STAMP_STEP_MS;
    this.settled = trusted
      ? { file, signature, recheckAt }
      : { file, signature, recheckAt: Date.now() + STAMP_STEP_MS };
  }

  private fail(file: string | null, error: SourceError): void {
    const said = file === null ? error.reason : describeSourceError(file, error);
    const last = this.state;
    this.change(
      last.status !== "unavailable" && last.file === file
        ? { status: "stale", file: last.file, reading: last.reading, error: said }
        : { status: "unavailable", file, reading: null, error: said },
      said,
    );
  }

  private change(state: SourceState, content: string): void {
    if (state.status !== this.state.status || state.file !== this.state.file || content !== this.content)
      this.revision++;
    this.state = state;
    this.content = content;
  }
}

function missing({ name }: SourceDefinition): string {
  return `${name} was not found.`;
}

/** An error nobody foresaw is told by its first line: the rest may name paths of this machine. */
function unexpected(error: unknown): SourceError {
  const [firstLine] = String(error).split("\n");
  return new SourceError(`the file could not be read (${firstLine}).`, null, true);
}

async function withDeadline(work: Promise<void>, ms: number): Promise<boolean> {
  const controller = new AbortController();
  const late = delay(ms, false, { signal: controller.signal }).catch(() => false);
  const inTime = await Promise.race([work.then(() => true), late]);
  controller.abort();
  return inTime;
}
