import * as l10n from "@vscode/l10n";
import { alertMessage } from "../../protocol/alertMessage.js";
import { type Alert, type AlertCondition, type AlertParts, FAILED_EMISSIONS } from "../../protocol/alerts.js";
import { ownEntry } from "../../protocol/ownEntry.js";
import { type Metric, type MetricValue, type Snapshot, valueDisplay } from "../../protocol/snapshot.js";
import type { StreamStatus } from "../../protocol/status.js";
import type { Clock } from "../clock.js";
import type { AlertDefinition } from "../config/alertDefinition.js";
import type { Disposable } from "../disposable.js";
import { EventSource } from "../event.js";
import { AlertBook } from "./alertBook.js";
import { alertId } from "./alertId.js";
import { type AlertStore, parseSavedAlerts, type SavedAlerts } from "./alertStore.js";
import { AlertTracker } from "./alertTracker.js";
import { DRIVE_SYNC_ERROR, EMISSIONS_FAIL, sourceUnavailable, unavailableSources } from "./builtInAlerts.js";
import type { Observation } from "./conditionWatch.js";
import { FailedShare } from "./failedShare.js";

/** The longest wait (ms) that a timer takes. */
const LONGEST_WAIT_MS = 0x7fffffff;

export interface AlertMonitorOptions {
  readonly clock: Clock;
  readonly store: AlertStore;
  /** Whether a source without data is worth an alert: where sources wait for something else, it is not. */
  readonly watchSources: boolean;
  readonly onListenerError: (error: unknown) => void;
}

/** Follows all alerts of one folder over its snapshots, and says when one begins to fire and when it ends. */
export class AlertMonitor implements Disposable {
  private readonly trackers = new Map<string, AlertTracker>();
  private readonly turns: EventSource<Alert>;
  private readonly lists: EventSource<readonly Alert[]>;
  private readonly failedShare = new FailedShare();
  private definitions: readonly AlertDefinition[] = [DRIVE_SYNC_ERROR, EMISSIONS_FAIL];
  /** Until it is known what the folder declares, what was kept of its alerts stays as it is. */
  private defined = false;
  private saved: SavedAlerts | null = null;
  private kept = "";
  private hadData: ReadonlySet<string> = new Set();
  private book = new AlertBook();
  private early: ((book: AlertBook) => void)[] = [];
  private snapshot: Snapshot | null = null;
  private timer: Disposable | null = null;
  private disposed = false;
  /** Settles when what was kept has been read. */
  readonly ready: Promise<void>;

  constructor(private readonly options: AlertMonitorOptions) {
    this.turns = new EventSource(options.onListenerError);
    this.lists = new EventSource(options.onListenerError);
    this.ready = this.load();
  }

  /** Alerts that fire, the most urgent first, then those that are over, the last one first. */
  list(): readonly Alert[] {
    return this.book.list(this.options.clock.now());
  }

  /** @param listener called with every alert that begins to fire or ends */
  onAlert(listener: (alert: Alert) => void): Disposable {
    return this.turns.subscribe(listener);
  }

  /** @param listener called with the whole list whenever something in it changes */
  onList(listener: (alerts: readonly Alert[]) => void): Disposable {
    return this.lists.subscribe(listener);
  }

  /** Watches for these alerts from now on, and for those that Fusion brings along. */
  define(definitions: readonly AlertDefinition[]): void {
    const own = new Map(definitions.map((definition) => [alertId(definition), definition]));
    const builtIn = [DRIVE_SYNC_ERROR, EMISSIONS_FAIL].filter((each) => !own.has(alertId(each)));
    this.definitions = [...own.values(), ...builtIn];
    this.defined = true;
    if (this.snapshot) this.observe(this.snapshot);
  }

  /** Takes in a snapshot; before what was kept has been read, only the newest one counts. */
  observe(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    if (this.saved === null || this.disposed) return;
    this.noteData(snapshot);
    const silent = this.options.watchSources
      ? unavailableSources(snapshot, this.hadData, this.toldSilent)
      : [];
    const wanted = this.wanted(snapshot, silent);
    if (this.defined) this.forget(wanted);
    const at = Date.parse(snapshot.timestamp);
    for (const [id, definition] of wanted) {
      if (definition.metric === FAILED_EMISSIONS) continue;
      const { value = null, available = false } = ownEntry(snapshot.metrics, definition.metric) ?? {};
      // Of several metrics that fail for one reason, one stands for all: the others count as seen.
      const isToldElsewhere = isSilence(definition) && !silent.includes(definition.metric);
      const observation = isToldElsewhere
        ? { at, value: value ?? "", available: true }
        : { at, value, available };
      this.take(this.tracker(id, definition), observation);
    }
    this.settle();
  }

  /** Takes in the emitter's own counters. */
  observeEmitter({ metrics }: StreamStatus): void {
    if (this.saved === null || this.disposed) return;
    const at = this.options.clock.now();
    const { totalEmissions: succeeded, failedEmissions: failed } = metrics;
    const value = this.failedShare.add({ at, succeeded, failed });
    this.take(this.tracker(alertId(EMISSIONS_FAIL), EMISSIONS_FAIL), { at, value, available: true });
    this.settle();
  }

  /** Nobody is notified of this alert until then (epoch ms); `null` for until it is taken back. */
  mute(id: string, until: number | null): void {
    this.change((book) => book.mute(id, until));
  }

  unmute(id: string): void {
    this.change((book) => book.unmute(id));
  }

  /** Until when (epoch ms) an alert is muted; `null` where that has no end, or the alert is not muted. */
  mutedUntil(id: string): number | null {
    return this.book.mutedUntil(id);
  }

  /** Keeps what there is, and watches no more. */
  dispose(): void {
    if (this.saved !== null && !this.disposed) this.options.store.write(() => this.save());
    this.disposed = true;
    this.timer?.dispose();
  }

  private async load(): Promise<void> {
    const saved = parseSavedAlerts(await this.options.store.read());
    this.saved = saved;
    this.hadData = new Set(saved.hadData);
    this.book = new AlertBook(saved.alerts, saved.mutes);
    for (const change of this.early.splice(0)) this.change(change);
    if (saved.alerts.length > 0) this.lists.fire(this.list());
    if (this.snapshot) this.observe(this.snapshot);
  }

  /** Changes the book; before it has been read, once it is there: what was kept must not be written over. */
  private change(change: (book: AlertBook) => void): void {
    if (this.saved === null) {
      this.early.push(change);
      return;
    }
    change(this.book);
    this.changed();
  }

  /** Metrics whose sources were told to give nothing, and have given nothing since. */
  private get toldSilent(): ReadonlySet<string> {
    const told = this.book.firing.filter(({ id, metric }) => id === alertId(sourceUnavailable(metric)));
    return new Set(told.map(({ metric }) => metric));
  }

  private noteData({ metrics }: Snapshot): void {
    const have = Object.entries(metrics).filter(([, { available, value }]) => available && value !== null);
    this.hadData = new Set(
      [...this.hadData, ...have.map(([id]) => id)].filter((id) => Object.hasOwn(metrics, id)),
    );
  }

  /** What is to be watched for now, by its id: what is defined, and every source that has been silent. */
  private wanted(snapshot: Snapshot, silent: readonly string[]): ReadonlyMap<string, AlertDefinition> {
    const watched = this.definitions.filter(({ condition }) => condition.kind === "noDataFor");
    const firing = new Set(this.book.firing.map(({ id }) => id));
    const sources = Object.keys(snapshot.metrics)
      .filter((metric) => !watched.some((definition) => definition.metric === metric))
      .map(sourceUnavailable)
      .filter((definition) => {
        const id = alertId(definition);
        return silent.includes(definition.metric) || firing.has(id) || this.trackers.has(id);
      });
    return new Map([...this.definitions, ...sources].map((definition) => [alertId(definition), definition]));
  }

  /** Drops what is watched for no more; what fires of it is over. */
  private forget(wanted: ReadonlyMap<string, AlertDefinition>): void {
    for (const id of this.trackers.keys()) if (!wanted.has(id)) this.trackers.delete(id);
    const resolvedAt = new Date(this.options.clock.now()).toISOString();
    for (const alert of this.book.firing) {
      if (!wanted.has(alert.id)) this.tell({ ...alert, state: "resolved", resolvedAt });
    }
  }

  private tracker(id: string, definition: AlertDefinition): AlertTracker {
    const tracker = this.trackers.get(id);
    if (tracker && sameTerms(tracker.definition, definition)) return tracker;
    const next = new AlertTracker(definition, tracker?.save() ?? this.saved?.trackers[id]);
    this.trackers.set(id, next);
    return next;
  }

  private take(tracker: AlertTracker, observation: Observation): void {
    this.follow(tracker, tracker.observe(observation), observation.value);
  }

  private follow(tracker: AlertTracker, turn: "fired" | "resolved" | null, value: MetricValue): void {
    if (turn === null) return;
    const { metric, condition, severity } = tracker.definition;
    const id = alertId(tracker.definition);
    const now = this.options.clock.now();
    const at = new Date(now).toISOString();
    const begun = this.book.firing.find((alert) => alert.id === id)?.since ?? at;
    const over = turn === "resolved";
    const parts = this.partsOf(metric, condition, over);
    this.tell({
      id,
      metric,
      severity,
      state: over ? "resolved" : "firing",
      // Nobody gives this process translations, so that programs read the same words everywhere.
      message: alertMessage({ metric, value, parts }, l10n, "en"),
      parts,
      value,
      since: over ? begun : at,
      resolvedAt: over ? at : null,
      muted: this.book.isMuted(id, now),
    });
  }

  private tell(alert: Alert): void {
    this.book.enter(alert);
    this.turns.fire(alert);
    this.changed();
  }

  private changed(): void {
    this.lists.fire(this.list());
    this.settle();
  }

  /** Keeps what has to be known after a restart, and looks again when an alert may turn though nothing is seen. */
  private settle(): void {
    this.timer?.dispose();
    if (this.disposed) return;
    // What a change is measured from moves with every value: to keep that each time would wear the disk for little.
    const phases = [...this.trackers].map(([id, { phase }]) => [id, phase]);
    const kept = JSON.stringify([phases, [...this.hadData], this.book.save()]);
    if (kept !== this.kept) this.options.store.write(() => this.save());
    this.kept = kept;

    const { clock } = this.options;
    const looks = [...this.trackers.values()].map(({ nextLookAt }) => nextLookAt);
    const next = [...looks, this.book.nextUnmuteAt].filter((look) => look !== null);
    if (next.length === 0) return;
    const wait = Math.min(Math.max(1, Math.min(...next) - clock.now()), LONGEST_WAIT_MS);
    this.timer = clock.schedule(wait, () => this.lookAgain());
  }

  private lookAgain(): void {
    const now = this.options.clock.now();
    for (const tracker of this.trackers.values()) {
      const { metric } = tracker.definition;
      this.follow(tracker, tracker.lookAgain(now), this.metric(metric)?.value ?? null);
    }
    if (this.book.dropEndedMutes(now)) this.changed();
    else this.settle();
  }

  private save(): SavedAlerts {
    return {
      ...this.book.save(),
      trackers: {
        ...(this.defined ? {} : this.saved?.trackers),
        ...Object.fromEntries([...this.trackers].map(([id, tracker]) => [id, tracker.save()])),
      },
      hadData: [...this.hadData],
    };
  }

  /** As the newest snapshot has it. */
  private metric(id: string): Metric | undefined {
    return this.snapshot ? ownEntry(this.snapshot.metrics, id) : undefined;
  }

  private partsOf(metric: string, condition: AlertCondition, over: boolean): AlertParts {
    const known = metric === FAILED_EMISSIONS ? FAILED_SHARE : this.metric(metric);
    const { label, error, ...display } = known ?? { label: metric, error: null, format: "text", unit: null };
    return { condition, label, display: valueDisplay(display), error, over };
  }
}

/** How the share of failed emissions is written. */
const FAILED_SHARE = {
  label: FAILED_EMISSIONS,
  error: null,
  format: "percent",
  unit: null,
  decimals: 0,
} as const;

function isSilence({ line, condition }: AlertDefinition): boolean {
  return line === null && condition.kind === "noDataFor";
}

/** Whether an edit of the file left an alert's terms as they were; its id says most of them. */
function sameTerms(a: AlertDefinition, b: AlertDefinition): boolean {
  return JSON.stringify({ ...a, line: null }) === JSON.stringify({ ...b, line: null });
}
