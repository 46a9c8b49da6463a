import type { SourceFigures, StreamHealth } from "../protocol/health.js";
import type { HistoryState } from "../protocol/history.js";
import {
  DEFAULT_INTERVAL_MINUTES,
  isInterval,
  MAX_INTERVAL_MINUTES,
  MIN_INTERVAL_MINUTES,
} from "../protocol/interval.js";
import type { EmissionTrigger, Snapshot } from "../protocol/snapshot.js";
import { FEED_LENGTH, type FeedEntry, type StreamStatus } from "../protocol/status.js";
import { Burst } from "./burst.js";
import type { Clock } from "./clock.js";
import type { Collection } from "./collector.js";
import type { Disposable } from "./disposable.js";
import { emissionLines, startLine, troubleLines } from "./emissionLog.js";
import { EventSource } from "./event.js";
import { feedEntry } from "./feed.js";
import { StreamFigures } from "./health/streamFigures.js";
import { Schedule } from "./schedule.js";
import { WantedTriggers } from "./wantedTriggers.js";

/** What the stream collects from: one workspace folder and the word of its changes. */
export interface StreamSource extends Disposable {
  collect(): Promise<Collection>;
  /** Whether every change will be told; where not, the stream looks for itself more often. */
  readonly watching: boolean;
  /** What is known of each source, as of the last collection. */
  figures(): readonly SourceFigures[];
  /** @param listener called when a file may have changed */
  onChange(listener: () => void): Disposable;
}

export interface StreamOptions {
  readonly clock: Clock;
  /** Receives the lines of the emission log. */
  readonly log: (line: string) => void;
  /** Minutes, 3 to 10. */
  readonly intervalMinutes?: number;
}

/** How often (ms) the stream looks at the clock, and at the files for changes that nobody told it of. */
const TICK_MS = 15_000;
const TICK_UNWATCHED_MS = 2_000;

/** Decides when to collect, and numbers and emits what was collected. The one place that keeps a timer for it. */
export class FusionStream implements Disposable {
  private readonly snapshots: EventSource<Snapshot>;
  private readonly statuses: EventSource<StreamStatus>;
  private readonly schedule: Schedule;
  private readonly startTime: number;
  private readonly startedAt: number;
  private held: Snapshot | null = null;
  private heldUnread: readonly string[] = [];
  private feed: readonly FeedEntry[] = [];
  private sequence = 0;
  private readonly figures = new StreamFigures();
  private connectedClients = 0;
  private history: HistoryState | null = null;
  private troubles = "";
  private source: StreamSource | null = null;
  private sourceListener: Disposable | null = null;
  private collecting: Promise<Snapshot | null> | null = null;
  /** The collection for all who asked during the one under way. */
  private next: Promise<Snapshot | null> | null = null;
  private readonly wanted = new WantedTriggers();
  private changedMeanwhile = false;
  /** Of writes: a collection reads all of them. */
  private readonly burst: Burst;
  private tick: Disposable | null = null;
  private stopped = false;

  constructor(private readonly options: StreamOptions) {
    const { clock, log, intervalMinutes = DEFAULT_INTERVAL_MINUTES } = options;
    const onListenerError = (error: unknown) => log(`❌ ${String(error)}`);
    this.snapshots = new EventSource(onListenerError);
    this.statuses = new EventSource(onListenerError);
    this.schedule = new Schedule(clock, intervalMinutes);
    this.burst = new Burst(clock, () => this.request("file"));
    this.startTime = clock.now();
    this.startedAt = clock.monotonic();
    log(startLine(intervalMinutes));
  }

  /** The newest snapshot; `null` before the first, and after the folder changed until its first. */
  get latest(): Snapshot | null {
    return this.held;
  }

  /** Ids of metrics that the newest snapshot says nothing of, or `null`, only because nobody has looked at them yet. */
  get unread(): readonly string[] {
    return this.heldUnread;
  }

  /**
   * Follows a folder, in place of the one before; `null` for none. The stream owns the source.
   * @param held the last snapshot of another process' stream of this folder, which this one then goes on with
   */
  follow(source: StreamSource | null, held: Snapshot | null = null): void {
    const trigger = this.sequence === 0 || held !== null ? "start" : "folder";
    this.sourceListener?.dispose();
    this.source?.dispose();
    this.source = source;
    this.held = held;
    this.sequence = Math.max(this.sequence, held?.sequence ?? 0);
    this.feed = [];
    this.burst.dispose();
    this.sourceListener = source?.onChange(() => this.burst.add()) ?? null;
    this.scheduleTick(TICK_MS);
    if (source) this.request(trigger);
    else this.fireStatus();
  }

  /**
   * Collects and emits. During a collection under way, which may have read already what was written since, all who ask
   * share the next.
   * @throws Error where there is no folder, or the collection fails
   */
  async refresh(): Promise<Snapshot> {
    const snapshot = await (this.collecting ? this.afterwards(this.collecting) : this.run("refresh"));
    if (snapshot === null) throw new Error("There is no folder to collect from.");
    return snapshot;
  }

  /** @throws RangeError outside 3 to 10 minutes */
  setInterval(minutes: number): void {
    if (!isInterval(minutes)) {
      throw new RangeError(
        `The interval must be ${MIN_INTERVAL_MINUTES} to ${MAX_INTERVAL_MINUTES} minutes.`,
      );
    }
    if (minutes === this.schedule.intervalMinutes) return;
    this.schedule.restart(minutes);
    this.options.log(`⏱️ Interval changed to ${minutes} min`);
    this.scheduleTick(TICK_MS);
    this.fireStatus();
  }

  setConnectedClients(count: number): void {
    if (count === this.connectedClients) return;
    this.connectedClients = count;
    this.fireStatus();
  }

  /** Told by whoever keeps the history, so that clients know of it. */
  setHistoryState(state: HistoryState | null): void {
    if (state === this.history) return;
    this.history = state;
    this.fireStatus();
  }

  status(): StreamStatus {
    const { clock } = this.options;
    return {
      interval: { minutes: this.schedule.intervalMinutes },
      nextEmissionAt: this.stopped ? null : new Date(this.schedule.dueAt()).toISOString(),
      metrics: {
        isActive: !this.stopped,
        uptime: Math.floor((clock.monotonic() - this.startedAt) / 1000),
        connectedClients: this.connectedClients,
        startTime: new Date(this.startTime).toISOString(),
        ...this.figures.metrics(),
      },
      feed: this.feed,
      history: this.history,
    };
  }

  /** How the stream is doing: more than the status tells, for who asks. */
  health(): StreamHealth {
    const { metrics, interval } = this.status();
    return {
      status: metrics.isActive ? "active" : "inactive",
      metrics: { ...metrics, interval, ...this.figures.details() },
      sources: this.source?.figures() ?? [],
    };
  }

  /** What is known of each source, as of the last collection. A promise: another process' stream has to be asked. */
  async sourceFigures(): Promise<readonly SourceFigures[]> {
    return this.source?.figures() ?? [];
  }

  onSnapshot(listener: (snapshot: Snapshot) => void): Disposable {
    return this.snapshots.subscribe(listener);
  }

  onStatus(listener: (status: StreamStatus) => void): Disposable {
    return this.statuses.subscribe(listener);
  }

  dispose(): void {
    this.stopped = true;
    this.tick?.dispose();
    this.burst.dispose();
    this.sourceListener?.dispose();
    this.source?.dispose();
    this.source = null;
  }

  /** Collects for nobody in particular: a failure is logged and counted, and that is all. */
  private request(trigger: EmissionTrigger): void {
    this.run(trigger).catch(() => undefined);
  }

  private afterwards(underWay: Promise<unknown>): Promise<Snapshot | null> {
    const run = () => {
      this.next = null;
      return this.run("refresh");
    };
    this.next ??= underWay.then(run, run);
    return this.next;
  }

  private run(trigger: EmissionTrigger): Promise<Snapshot | null> {
    this.wanted.add(trigger);
    if (this.collecting) {
      // The files may have been read before this change: what is under way cannot speak for it.
      if (trigger === "file") this.changedMeanwhile = true;
      return this.collecting;
    }
    const collecting = this.collect().finally(() => {
      if (this.collecting === collecting) this.collecting = null;
      if (!this.changedMeanwhile || this.stopped) return;
      this.changedMeanwhile = false;
      this.request("file");
    });
    this.collecting = collecting;
    return collecting;
  }

  private async collect(): Promise<Snapshot | null> {
    const { source } = this;
    if (source === null || this.stopped) return null;
    try {
      const collection = await source.collect();
      if (source !== this.source) return await this.collect();
      // Whoever asks from here on, a listener of this emission even, asks for another one.
      this.collecting = null;
      const trigger = this.wanted.take(collection.changed);
      this.scheduleTick(collection.recheckInMs ?? TICK_MS);
      return trigger === null ? this.held : this.emit(collection, trigger);
    } catch (error) {
      // Another folder was chosen meanwhile: what became of the old one's collection is nobody's concern.
      if (source !== this.source) return await this.collect();
      this.wanted.clear();
      this.figures.emissionFailed(error, this.options.clock.now());
      this.options.log(`❌ Fusion update failed: ${String(error)}`);
      this.scheduleTick(TICK_MS);
      this.fireStatus();
      throw error;
    }
  }

  private emit(collection: Collection, trigger: EmissionTrigger): Snapshot {
    const { clock } = this.options;
    const collected = clock.monotonic();
    const snapshot: Snapshot = { ...collection.snapshot, sequence: ++this.sequence };
    const entry = feedEntry(this.held, snapshot, trigger, collection.collectMs);
    this.held = snapshot;
    this.heldUnread = collection.unread;
    this.feed = [entry, ...this.feed].slice(0, FEED_LENGTH);
    this.figures.emissionBegan(collection.collectMs);
    this.logEmission(snapshot);
    this.snapshots.fire(snapshot);
    this.figures.emissionEnded(clock.monotonic() - collected);
    this.fireStatus();
    return snapshot;
  }

  private logEmission(snapshot: Snapshot): void {
    const { log } = this.options;
    emissionLines(snapshot, this.figures.emissions, this.connectedClients).forEach(log);
    const lines = troubleLines(snapshot, this.heldUnread);
    if (lines.join() !== this.troubles) lines.forEach(log);
    this.troubles = lines.join();
  }

  private fireStatus(): void {
    this.statuses.fire(this.status());
  }

  /** @param limit milliseconds until the next look at the latest */
  private scheduleTick(limit: number): void {
    this.tick?.dispose();
    this.tick = null;
    if (this.stopped || this.source === null) return;
    const look = this.source.watching ? TICK_MS : TICK_UNWATCHED_MS;
    const wait = Math.max(1, Math.min(limit, look, this.schedule.remaining()));
    const due = this.options.clock.monotonic() + wait;
    this.tick = this.options.clock.schedule(wait, () => this.onTick(due));
  }

  /** @param due on the steady clock */
  private onTick(due: number): void {
    this.figures.ticked(this.options.clock.monotonic() - due);
    if (this.schedule.remaining() <= 0) {
      this.schedule.restart();
      this.request("interval");
    } else {
      this.request("file");
    }
    this.scheduleTick(TICK_MS);
  }
}
