import { Worker } from "node:worker_threads";
import {
  DEFAULT_HISTORY_POINTS,
  type HistoryFormat,
  type HistoryImport,
  type HistoryQuery,
  type HistoryRange,
  type HistorySeries,
  type HistoryStats,
} from "../../protocol/history.js";
import type { Snapshot } from "../../protocol/snapshot.js";
import type { Clock } from "../clock.js";
import {
  type HistoryAnswer,
  type HistoryRequests,
  type HistoryWorkerData,
  packValues,
  type RequestKind,
  unpackPoints,
} from "./messages.js";
import { observationOf } from "./observation.js";
import { DAY_MS } from "./rollup.js";
import type { Gap } from "./span.js";

/** Recording begins this long (ms) late: the worker's start would compete with the first answers to clients. */
const START_DELAY_MS = 100;

/** What nobody waits for. */
const PATIENT: readonly RequestKind[] = ["record", "maintain"];

/** How long (ms) the worker has to finish what it is at when the history ends. */
const CLOSE_MS = 1_500;

export interface HistoryOptions {
  /** Absolute path of the database; its folder is made where it is missing. */
  readonly file: string;
  /** Absolute path of the worker's bundle. */
  readonly workerScript: string;
  readonly clock: Clock;
  /** Told once of each trouble, in a sentence: no SQLite, damaged, full, locked, of a newer version. */
  readonly onTrouble: (message: string) => void;
}

interface Asked {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Every change of every metric, kept by a worker of its own: whoever asks waits, but never the event loop. There is one
 * for a file; a second one, in whatever process, waits until the first has ended.
 */
export class History {
  private worker: Worker | null = null;
  private delay: NodeJS.Timeout | null = null;
  /** What the worker is sent once there is one. */
  private readonly waiting: ((worker: Worker) => void)[] = [];
  private readonly asked = new Map<number, Asked>();
  private last = 0;
  private ended: Promise<void> | null = null;

  constructor(private readonly options: HistoryOptions) {}

  /**
   * Settles when what changed is committed. Where the storage fails that may be long after, or never: nothing should wait
   * for it.
   * @param unread ids of metrics that nobody has looked at yet
   * @throws Error where it was dropped: the history ended, or waited in vain for its storage
   */
  async record(
    snapshot: Pick<Snapshot, "timestamp" | "metrics">,
    unread: readonly string[] = [],
  ): Promise<void> {
    const { at, values: observed } = observationOf(snapshot, unread);
    const values = packValues([...observed.values()]);
    await this.ask("record", { at, ids: [...observed.keys()], values, unread }, [values.numbers.buffer]);
  }

  /** @throws Error where the storage fails; RangeError where the range or the number of points makes no sense */
  async query({ metric, from, to, points = DEFAULT_HISTORY_POINTS }: HistoryQuery): Promise<HistorySeries> {
    if (!(isTime(from) && isTime(to) && from <= to)) throw new RangeError("A range begins before it ends.");
    if (!(Number.isInteger(points) && points > 0)) throw new RangeError("Points are counted from 1.");
    const packed = await this.ask("query", { metric, from, to, points });
    return { metric, from, to, points: unpackPoints(packed) };
  }

  /**
   * Rolls up, and drops what is older than the retention by a clock that a day of running has confirmed. To be called on
   * the stream's schedule; single changes stay for 48 hours at least.
   * @param retentionDays kept to from now on, whoever maintains the file; `null` for what was kept to last
   * @throws Error where the storage fails: the next call goes on
   */
  async maintain(retentionDays: number | null): Promise<void> {
    const { clock } = this.options;
    const reading = { now: clock.now(), monotonic: clock.monotonic() };
    const retentionMs = retentionDays === null ? null : retentionDays * DAY_MS;
    await this.ask("maintain", { clock: reading, retentionMs });
  }

  /** Ids of all metrics that anything is kept of. */
  metrics(): Promise<readonly string[]> {
    return this.ask("metrics", null);
  }

  /** When nobody observed, between the first and the last observation of a range; also after that, where it is long ago. */
  gaps(range: HistoryRange): Promise<readonly Gap[]> {
    return this.ask("gaps", range);
  }

  stats(): Promise<HistoryStats> {
    return this.ask("stats", null);
  }

  /**
   * A range as a file, piece by piece, as fast as it is taken.
   * @param metrics ids; all where left out
   */
  async *export(
    range: HistoryRange,
    format: HistoryFormat,
    metrics: readonly string[] | null = null,
  ): AsyncGenerator<Uint8Array, void, void> {
    const id = await this.ask("beginExport", { range, format, metrics });
    try {
      for (;;) {
        const piece = await this.ask("continueExport", id);
        if (piece === null) return;
        if (piece.length > 0) yield piece;
      }
    } finally {
      if (!this.ended) await this.ask("endExport", id);
    }
  }

  /**
   * Takes an exported file back in. What was there already changes nothing, so that it can be repeated after an error.
   * Where the pieces throw, what came before stays, and a line that was cut is not read.
   */
  async import(
    pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    format: HistoryFormat,
  ): Promise<HistoryImport> {
    const id = await this.ask("beginImport", format);
    try {
      for await (const bytes of pieces) await this.ask("continueImport", { id, bytes, last: false });
      return await this.ask("continueImport", { id, bytes: new Uint8Array(), last: true });
    } finally {
      if (!this.ended) await this.ask("endImport", id);
    }
  }

  /** Ends within two seconds, whatever the storage does. What was asked before is still answered if there is time. */
  dispose(): Promise<void> {
    this.ended ??= this.end();
    return this.ended;
  }

  private async end(): Promise<void> {
    if (!this.worker && this.waiting.length === 0) return;
    const worker = this.started();
    const exited = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
    worker.ref();
    this.send("close", null, []).catch(() => undefined);
    const timer = setTimeout(() => void worker.terminate(), CLOSE_MS);
    await exited;
    clearTimeout(timer);
  }

  private ask<K extends RequestKind>(
    kind: K,
    ask: HistoryRequests[K]["ask"],
    transfer: ArrayBuffer[] = [],
  ): Promise<HistoryRequests[K]["answer"]> {
    if (this.ended) return Promise.reject(new Error(ENDED));
    if (!PATIENT.includes(kind)) this.started();
    else this.delay ??= setTimeout(() => this.started(), START_DELAY_MS);
    return this.send(kind, ask, transfer) as Promise<HistoryRequests[K]["answer"]>;
  }

  private send(kind: RequestKind, ask: unknown, transfer: ArrayBuffer[]): Promise<unknown> {
    const id = ++this.last;
    const post = (worker: Worker) => worker.postMessage({ id, kind, ask }, transfer);
    return new Promise((resolve, reject) => {
      this.asked.set(id, { resolve, reject });
      if (this.worker) post(this.worker);
      else this.waiting.push(post);
    });
  }

  /** The worker, which then has been sent all that waited for it. */
  private started(): Worker {
    if (this.delay) clearTimeout(this.delay);
    this.worker ??= this.start();
    for (const post of this.waiting.splice(0)) post(this.worker);
    return this.worker;
  }

  private start(): Worker {
    const workerData: HistoryWorkerData = { file: this.options.file };
    const worker = new Worker(this.options.workerScript, { workerData });
    // It must not keep a process alive that has nothing else to do.
    worker.unref();
    worker.on("message", (answer: HistoryAnswer) => this.hear(answer));
    worker.on("error", (error) => this.options.onTrouble(`The history failed: ${error.message}`));
    worker.on("exit", () => {
      this.worker = null;
      this.delay = null;
      for (const { reject } of this.asked.values()) reject(new Error(ENDED));
      this.asked.clear();
    });
    return worker;
  }

  private hear(answer: HistoryAnswer): void {
    if ("trouble" in answer) {
      this.options.onTrouble(answer.trouble);
      return;
    }
    const asked = this.asked.get(answer.id);
    this.asked.delete(answer.id);
    if (answer.ok) asked?.resolve(answer.answer);
    else asked?.reject(new Error(answer.reason));
  }
}

const ENDED = "The history has ended.";

/** Whether a number is a time that JavaScript's dates know. */
function isTime(at: number): boolean {
  return Number.isInteger(at) && Math.abs(at) <= 8.64e15;
}
