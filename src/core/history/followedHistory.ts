import type {
  Commit,
  HistoryFormat,
  HistoryImport,
  HistoryQuery,
  HistoryRange,
  HistorySeries,
  HistoryState,
} from "../../protocol/history.js";
import type { Snapshot } from "../../protocol/snapshot.js";
import type { Clock } from "../clock.js";
import type { Disposable } from "../disposable.js";
import { CommitLog } from "../sources/commitLog.js";
import { History } from "./history.js";
import type { Gap } from "./span.js";

/** How often (ms) at least an emission has the history rolled up and its old part dropped. */
const MAINTAIN_EVERY_MS = 5 * 60_000;

/** Where the history of a folder is, and where its commits are. */
export interface HistoryPlace {
  /** Absolute path of the database. */
  readonly file: string;
  /** Absolute path of the folder whose repository may be asked; `null` where it is on no disk, or not trusted. */
  readonly repository: string | null;
}

/** What is needed of the stream: its snapshots, and a place to tell how they are kept. */
interface RecordedStream {
  /** Ids of metrics that nobody has looked at yet, as of the snapshot that is told. */
  readonly unread: readonly string[];
  onSnapshot(listener: (snapshot: Snapshot) => void): Disposable;
  setHistoryState(state: HistoryState | null): void;
}

export interface FollowedHistoryOptions {
  readonly stream: RecordedStream;
  readonly clock: Clock;
  /** Absolute path of the history's worker. */
  readonly workerScript: string;
  /** Asked each time that something may be dropped; `null` for what the history was last kept to. */
  readonly retentionDays: () => number | null;
  readonly log: (line: string) => void;
}

interface Present {
  readonly file: string;
  readonly history: Promise<History>;
  readonly commits: CommitLog | null;
}

/**
 * The history of the folder that the stream follows: every snapshot is recorded in it. Nothing is opened before the first
 * one, and a database is let go of before the next is opened.
 */
export class FollowedHistory {
  private readonly subscription: Disposable;
  private present: Present | null = null;
  private leaving: Promise<void> = Promise.resolve();
  private maintainedAt: number | null = null;
  private state: HistoryState | null = null;

  constructor(private readonly options: FollowedHistoryOptions) {
    this.subscription = options.stream.onSnapshot((snapshot) => this.record(snapshot, options.stream.unread));
  }

  /**
   * To be told before the stream is; `null` for no folder. A folder that is followed anew keeps its history.
   * @returns settles when nothing of the one before is open any more
   */
  follow(place: HistoryPlace | null): Promise<void> {
    const commits = place?.repository ? new CommitLog(place.repository) : null;
    if (place && place.file === this.present?.file) {
      this.present = { ...this.present, commits };
      return Promise.resolve();
    }
    this.leave();
    this.setState(null);
    const { leaving } = this;
    if (place) {
      const { file } = place;
      this.present = { file, history: leaving.then(() => this.open(file)), commits };
    }
    return leaving;
  }

  /** @throws Error where there is no folder, or the storage fails; RangeError where the range makes no sense */
  async query(query: HistoryQuery): Promise<HistorySeries> {
    return await (await this.history()).query(query);
  }

  /** Ids of all metrics that anything is kept of. */
  async metrics(): Promise<readonly string[]> {
    return await (await this.history()).metrics();
  }

  /** When nobody observed, between the first and the last observation of a range; also after that, where it is long ago. */
  async gaps(range: HistoryRange): Promise<readonly Gap[]> {
    return await (await this.history()).gaps(range);
  }

  /** The commits of a range, newest first; none where the folder is on no disk, is not trusted, or has no repository. */
  async commits(range: HistoryRange): Promise<readonly Commit[]> {
    return (await this.present?.commits?.list(range)) ?? [];
  }

  /** A range as a file, piece by piece; all metrics where none is named. */
  async *export(
    range: HistoryRange,
    format: HistoryFormat,
    metrics: readonly string[] | null,
  ): AsyncGenerator<Uint8Array, void, void> {
    yield* (await this.history()).export(range, format, metrics);
  }

  async import(pieces: AsyncIterable<Uint8Array>, format: HistoryFormat): Promise<HistoryImport> {
    return await (await this.history()).import(pieces, format);
  }

  /** Ends within two seconds; what was recorded by then is committed, unless the storage fails. */
  async dispose(): Promise<void> {
    this.subscription.dispose();
    this.leave();
    await this.leaving;
  }

  private history(): Promise<History> {
    if (!this.present) return Promise.reject(new Error("There is no folder, and so no history."));
    return this.present.history;
  }

  private open(file: string): History {
    const { clock, workerScript, log } = this.options;
    const history: History = new History({
      file,
      workerScript,
      clock,
      onTrouble: (message) => {
        log(`⚠️ ${message}`);
        void this.updateState(history);
      },
    });
    return history;
  }

  private leave(): void {
    const { present } = this;
    this.present = null;
    this.maintainedAt = null;
    if (present) this.leaving = present.history.then((history) => history.dispose());
  }

  /** What fails is told by the history itself, once; it goes on by itself. */
  private record(snapshot: Snapshot, unread: readonly string[]): void {
    this.present?.history
      .then(async (history) => {
        const recorded = history.record(snapshot, unread);
        // Fails at once where the record waits for its storage: unheard, that would end a process without VS Code around it.
        this.maintain(history).catch(() => undefined);
        await recorded;
        if (this.state !== "stored" && this.state !== "memory") await this.updateState(history);
      })
      .catch(() => undefined);
  }

  private async maintain(history: History): Promise<void> {
    const { clock, retentionDays } = this.options;
    const now = clock.monotonic();
    if (this.maintainedAt !== null && now - this.maintainedAt < MAINTAIN_EVERY_MS) return;
    this.maintainedAt = now;
    await history.maintain(retentionDays());
  }

  private async updateState(history: History): Promise<void> {
    const stats = await history.stats().catch(() => null);
    if (stats && history === (await this.present?.history)) this.setState(stats.state);
  }

  private setState(state: HistoryState | null): void {
    this.state = state;
    this.options.stream.setHistoryState(state);
  }
}
