import { setTimeout as delay } from "node:timers/promises";
import { Deadline } from "../deadline.js";
import { carryOver } from "./carryOver.js";
import type { FileRead, FileState, FolderReader, GuardedFile } from "./folderReader.js";
import type {
  LastRead,
  MetricShape,
  Reading,
  Source,
  SourceDefinition,
  SourceResult,
  SourceState,
} from "./source.js";
import { describeSourceError, LateEvaluationError, SourceError, UnfinishedFileError } from "./sourceError.js";

/** Waits (ms) between readings of a file that does not parse: a writer may be in the middle of it. */
const HALF_WRITTEN_RETRIES_MS = [15, 40, 80];

/** A file that was written this recently (ms) may still be being written. */
const FRESH_MS = 1_000;

/** File systems stamp in steps: within this time (ms) of a write, a further one can leave size and stamps as they are. */
const STAMP_STEP_MS = 100;

/** The same where stamps are whole seconds, or every second one, as on exFAT and over some networks. */
const COARSE_STAMP_STEP_MS = 2_100;

/**
 * A file that took too long to evaluate is tried again after this time (ms), then after twice that, and so on: what will
 * never end must not keep a core busy.
 */
const FIRST_LATE_RETRY_MS = 1_000;
const LAST_LATE_RETRY_MS = 60 * 60_000;

/** A file that gives no answer in this time (ms), on a network drive say, is left to answer later. */
const deadline = new Deadline(10_000);

/** What a file gave, and what tells that it would give the same again. */
interface Settled {
  readonly file: string;
  readonly signature: string;
  /** When it was read (epoch ms), and when to read it again though nobody wrote it. */
  readonly at: number;
  readonly recheckAt: number | null;
  readonly state: SourceState;
  readonly content: string;
}

/** One data file of a workspace folder, with the last good value it gave. */
export class FileSource implements Source {
  readonly metrics: Readonly<Record<string, MetricShape>>;
  readonly optional: boolean;
  lastRead: LastRead | null = null;
  private readonly missing: SourceState;
  private state: SourceState;
  private revision = 0;
  private content = "";
  private readAt: number | null = null;
  private lateRetryMs = FIRST_LATE_RETRY_MS;
  private settled: Settled | null = null;
  /** Whether none of the places had the file when it was looked for. */
  private absent = false;
  private pending: Promise<void> | null = null;
  /** A glance under way. */
  private look: Promise<void> | null = null;

  constructor(
    private readonly reader: FolderReader,
    private readonly definition: SourceDefinition,
  ) {
    this.metrics = definition.metrics;
    this.optional = definition.optional;
    const error = `${definition.name} was not found.`;
    this.missing = { status: "unavailable", file: null, reading: null, error };
    this.state = this.missing;
  }

  glance(tell: (result: SourceResult | null) => void): void {
    const { settled } = this;
    const idle = this.pending === null && this.look === null;
    // A file that was written just now may well have been again: the glance would only delay its reading.
    const atRest = settled?.recheckAt === null && settled.file === this.definition.candidates[0];
    if (settled === null || !idle || !atRest || isDue(settled)) {
      tell(null);
      return;
    }
    const { file, signature } = settled;
    this.look = new Promise((looked) => {
      this.reader.isStill(signature, file, (still) => {
        this.look = null;
        looked();
        if (still) this.readAt = Date.now();
        tell(still ? this.result() : null);
      });
    });
  }

  /** Reads the file where it changed. Never throws: what is wrong is in the state. */
  async collect(): Promise<SourceResult> {
    this.pending ??= this.update();
    const late = await deadline.within(this.pending, "late");
    if (late)
      this.fail(this.state.file, new SourceError("the file system does not answer. It is tried again."));
    return this.result();
  }

  private result(): SourceResult {
    const recheckAt = this.settled?.recheckAt ?? null;
    return {
      state: this.state,
      revision: this.revision,
      readAt: this.readAt,
      recheckInMs: recheckAt === null ? null : Math.max(0, recheckAt - Date.now()),
    };
  }

  private async update(): Promise<void> {
    let file: string | null = null;
    try {
      // Each call that a file system does not answer holds one of the process's few threads.
      if (this.look) await this.look;
      if (this.absent && (await this.isStillAbsent())) {
        this.change(this.missing, "");
        return;
      }
      this.absent = false;
      for (const candidate of this.definition.candidates) {
        file = candidate;
        if (await this.readPatiently(candidate)) return;
      }
      this.absent = true;
      this.settled = null;
      this.change(this.missing, "");
    } catch (error) {
      this.settled = null;
      this.fail(file, error instanceof SourceError ? error : unexpected(error));
    } finally {
      this.pending = null;
      this.readAt = Date.now();
    }
  }

  /** Looks at all places at once; `false` also where one cannot be looked at. */
  private async isStillAbsent(): Promise<boolean> {
    const looks = this.definition.candidates.map((candidate) =>
      this.reader.look(candidate).then(
        (look) => look === null,
        () => false,
      ),
    );
    return (await Promise.all(looks)).every((absent) => absent);
  }

  /** With which nothing is to be read but what somebody wrote: nothing in it waits for time to pass. */
  private settledAs(file: string): Settled | null {
    const { settled } = this;
    return settled === null || settled.file !== file || isDue(settled) ? null : settled;
  }

  /** Reads until the file gives a value or has been at rest; `false` where there is none. */
  private async readPatiently(file: string): Promise<boolean> {
    const settled = this.settledAs(file);
    for (const wait of [...HALF_WRITTEN_RETRIES_MS, null]) {
      const looks: FileState[] = [];
      try {
        const use = (opened: GuardedFile) => {
          looks.push(opened);
          this.lastRead = { at: Date.now(), size: opened.size };
          return this.definition.read(opened);
        };
        const read =
          settled === null
            ? await this.reader.read(file, this.definition, use)
            : await this.reader.readUnless(settled.signature, file, this.definition, use);
        if (read === null) return false;
        if (read !== "unchanged") this.accept(file, read);
        // It may be marked as one that does not answer.
        else if (settled) this.change(settled.state, settled.content);
        return true;
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        // As it was read, if it was: what is written from then on is read again.
        const look = looks.at(-1) ?? (await this.reader.look(file));
        if (look === null) return false;
        if (error instanceof UnfinishedFileError) {
          this.awaitRest(file, look, error);
          return true;
        }
        if (error instanceof LateEvaluationError) {
          this.fail(file, error);
          this.settle(file, look, Date.now() + this.lateRetryMs);
          this.lateRetryMs = Math.min(2 * this.lateRetryMs, LAST_LATE_RETRY_MS);
          return true;
        }
        const fresh = Date.now() - look.modifiedAt < FRESH_MS;
        if (wait === null || !fresh) {
          this.fail(file, error);
          if (error.transient) this.settled = null;
          else this.settle(file, look, null);
          return true;
        }
      }
      await delay(wait);
    }
    return false;
  }

  private accept(file: string, { result, state }: FileRead<Reading>): void {
    const { recheckInMs, content } = result;
    result.accept?.();
    this.lateRetryMs = FIRST_LATE_RETRY_MS;
    const last = this.state.file === file ? this.state.reading : null;
    this.change({ status: "available", file, reading: carryOver(last, result), error: null }, content);
    this.settle(file, state, recheckInMs === null ? null : Date.now() + recheckInMs);
  }

  /** Leaves a good value unmarked while the rest of a line may be on its way, as for the last line of a log. */
  private awaitRest(file: string, look: FileState, error: UnfinishedFileError): void {
    if (this.state.status !== "available" || this.state.file !== file) this.fail(file, error);
    this.settle(file, look, Date.now() + error.restsInMs);
  }

  private settle(file: string, { signature, modifiedAt }: FileState, recheckAt: number | null): void {
    const { state, content } = this;
    const at = Date.now();
    const step = modifiedAt % 1_000 === 0 ? COARSE_STAMP_STEP_MS : STAMP_STEP_MS;
    const trusted = Math.abs(at - modifiedAt) > step;
    const recheck = trusted ? recheckAt : Math.min(recheckAt ?? Number.POSITIVE_INFINITY, at + step);
    this.settled = { file, signature, at, recheckAt: recheck, state, content };
  }

  /** The last good value stays, from whichever place of the file it came. */
  private fail(file: string | null, error: SourceError): void {
    const said = file === null ? error.reason : describeSourceError(file, error);
    const last = this.state;
    this.change(
      last.status !== "unavailable"
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

/** Whether time may have changed what a file gives, as where the clock was ahead when it was read. */
function isDue({ at, recheckAt }: Settled): boolean {
  const now = Date.now();
  return now < at || (recheckAt !== null && recheckAt <= now);
}

/** An error nobody foresaw is told by its first line: the rest may name paths of this machine. */
function unexpected(error: unknown): SourceError {
  const [firstLine] = String(error).split("\n");
  return new SourceError(`the file could not be read (${firstLine}).`, null, true);
}
