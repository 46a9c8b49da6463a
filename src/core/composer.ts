import {
  BUILT_IN_METRICS,
  type Insight,
  type Metric,
  type MetricValue,
  type Snapshot,
} from "../protocol/snapshot.js";
import { ChangeLedger } from "./changeLedger.js";
import type { ChangeStore } from "./changeStore.js";
import { isFirstAwaited } from "./sources/patientSource.js";
import type { MetricReading, MetricShape, Source, SourceResult, SourceState } from "./sources/source.js";

/** What to collect: sources in order, of which a later one replaces an earlier one's metric of the same id. */
export interface CollectionPlan {
  readonly sources: readonly Source[];
  /** Ids of the metrics shown as cards, in their order; `null` for all. */
  readonly cards: readonly string[] | null;
}

type Unnumbered = Omit<Snapshot, "sequence">;

/** What a metric was made of: from the same it need not be made again. */
interface Origin {
  readonly source: Source;
  readonly state: SourceState;
  /** The source's place in the plan. */
  readonly index: number;
  /** ISO 8601. */
  readonly readAt: string | null;
  /** Whether nothing is known of it as yet, as its first reading is under way. */
  readonly isAwaited: boolean;
}

interface ComposedMetric extends Origin {
  readonly metric: Metric;
}

/** A snapshot that holds as long as no source changes, but for when each was read. */
export class ComposedSnapshot {
  constructor(
    readonly snapshot: Unnumbered,
    private readonly metrics: ReadonlyMap<string, ComposedMetric>,
  ) {}

  /** The same after a later collection in which nothing changed, with that one's times. */
  readAgain(results: readonly SourceResult[], timestamp: string): Unnumbered {
    const toIso = isoTimes();
    const metrics = [...this.metrics].map(([id, { index, metric }]) => {
      const readAt = toIso(results[index]?.readAt ?? null);
      return [id, readAt === metric.readAt ? metric : { ...metric, readAt }] as const;
    });
    return { ...this.snapshot, timestamp, metrics: Object.fromEntries(metrics) };
  }
}

/** Makes snapshots of what a folder's sources gave. */
export class Composer {
  private readonly ledger: ChangeLedger;
  private composed: ReadonlyMap<string, ComposedMetric> = new Map();
  /** Whether a file of the built-in metrics was ever there. */
  private usesBuiltIn = false;

  /**
   * @param last the snapshot that the first one comes after, where there was one
   * @param store keeps the last changes
   */
  constructor(last: Pick<Snapshot, "metrics"> | null, store: ChangeStore | null) {
    this.ledger = new ChangeLedger(last, store);
  }

  /** Takes up what was kept of the last changes; to be awaited before anything is composed. */
  recall(): Promise<void> {
    return this.ledger.recall();
  }

  /** @param timestamp when it was collected, ISO 8601 */
  compose(
    { sources, cards }: CollectionPlan,
    results: readonly SourceResult[],
    timestamp: string,
  ): ComposedSnapshot {
    const origins = new Map<string, Origin>();
    const toIso = isoTimes();
    for (const [index, result] of results.entries()) {
      const { state, readAt } = result;
      const source = sources[index] as Source;
      if (source.optional && state.status === "unavailable" && state.file === null) continue;
      const read = { source, state, index, readAt: toIso(readAt), isAwaited: isFirstAwaited(result) };
      for (const id of Object.keys(source.metrics)) origins.set(id, read);
    }
    const composed = new Map<string, ComposedMetric>();
    const metrics = new Map<string, Metric>();
    for (const [id, origin] of origins) {
      const metric = this.metricOf(id, origin, timestamp);
      composed.set(id, { ...origin, metric });
      metrics.set(id, metric);
    }
    this.composed = composed;
    const valueOfMetric = (id: string) => metrics.get(id)?.value ?? null;
    const isAvailable = (id: string) => metrics.get(id)?.available ?? false;
    const snapshot: Unnumbered = {
      timestamp,
      memos: numberOrNull(valueOfMetric("memos")),
      revenue: numberOrNull(valueOfMetric("revenue")),
      driveSync: driveSyncOrNull(valueOfMetric("driveSync")),
      driveSyncLastSync: origins.get("driveSync")?.state.reading?.lastSync ?? null,
      recommendations: numberOrNull(valueOfMetric("recommendations")),
      health: {
        memoIndexAvailable: isAvailable("memos"),
        revenueAvailable: isAvailable("revenue"),
        recommendationsAvailable: isAvailable("recommendations"),
        driveSyncLogAvailable: isAvailable("driveSync"),
      },
      metrics: Object.fromEntries(metrics),
      cards: cards?.filter((id) => metrics.has(id)) ?? this.allCards(sources, origins),
      insights: insightsOf(origins.get("recommendations")?.state),
    };
    return new ComposedSnapshot(snapshot, composed);
  }

  /**
   * Where nobody chose: all, the built-in ones first. Without these where none of their files was there as yet and the folder
   * declares metrics of its own: whoever keeps other numbers has no use for cards of missing ones.
   */
  private allCards(sources: readonly Source[], origins: ReadonlyMap<string, Origin>): string[] {
    const builtIn = BUILT_IN_METRICS.filter((id) => origins.has(id));
    const others = [...origins].filter(([id]) => !isBuiltIn(id));
    const hasOwn = others.some(([, { source }]) => !source.optional);
    const isOriginal = (id: string) =>
      origins.get(id)?.source === sources.find(({ metrics }) => Object.hasOwn(metrics, id));
    const given = builtIn.filter(isOriginal).map((id) => origins.get(id) as Origin);
    this.usesBuiltIn ||= given.some(({ state }) => state.status !== "unavailable" || state.file !== null);
    // One that is declared anew is the user's, and what was not read as yet may be there.
    const unknown = given.length < builtIn.length || given.some(({ readAt }) => readAt === null);
    const hidesBuiltIn = hasOwn && !this.usesBuiltIn && !unknown;
    return [...(hidesBuiltIn ? [] : builtIn), ...others.map(([id]) => id)];
  }

  private metricOf(id: string, origin: Origin, timestamp: string): Metric {
    const { source, state, readAt } = origin;
    const before = this.composed.get(id);
    if (before === undefined || before.source !== source || before.state !== state) {
      return this.make(id, origin, timestamp);
    }
    const { metric } = before;
    return metric.readAt === readAt ? metric : { ...metric, readAt };
  }

  private make(id: string, { source, state, readAt, isAwaited }: Origin, timestamp: string): Metric {
    const { label, icon, unit, format, origin, ...affixes } = source.metrics[id] as MetricShape;
    const reading: MetricReading | undefined = state.reading?.metrics[id];
    const value = reading?.value ?? null;
    // Before it is looked at nothing has changed.
    const known = isAwaited ? this.ledger.lastChange(id) : this.ledger.record(id, value, timestamp);
    const { changedAt, previous } = known ?? { changedAt: timestamp, previous: null };
    const failed = reading?.error !== undefined;
    const stale = state.status === "stale" || (failed && value !== null);
    return {
      value,
      label,
      format: format === "text" && typeof value === "number" ? "number" : format,
      unit: reading?.unit ?? unit,
      ...affixes,
      icon,
      available: state.status === "available" && !failed,
      changedAt,
      previous,
      stale,
      staleSince: stale ? (this.composed.get(id)?.metric.staleSince ?? timestamp) : null,
      error: state.error ?? reading?.error ?? reading?.warning ?? null,
      source: state.file === null ? null : { file: state.file, line: reading?.line ?? null },
      origin: reading?.origin ?? origin ?? null,
      readAt,
    };
  }
}

/** Writes times in ISO 8601; most sources are read within the same few milliseconds, and a date takes long to write. */
function isoTimes(): (time: number | null) => string | null {
  const written = new Map<number, string>();
  return (time) => {
    if (time === null) return null;
    const iso = written.get(time) ?? new Date(time).toISOString();
    written.set(time, iso);
    return iso;
  };
}

function isBuiltIn(id: string): boolean {
  return (BUILT_IN_METRICS as readonly string[]).includes(id);
}

function numberOrNull(value: MetricValue): number | null {
  return typeof value === "number" ? value : null;
}

const DRIVE_SYNC_STATES = ["OK", "WARN", "ERROR", "SYNCING", "UNKNOWN"] as const;

function driveSyncOrNull(value: MetricValue): Snapshot["driveSync"] {
  return DRIVE_SYNC_STATES.find((state) => state === value) ?? null;
}

function insightsOf(state: SourceState | undefined): readonly Insight[] {
  const { file = null, reading = null } = state ?? {};
  if (file === null) return [];
  return (reading?.recommendations ?? []).map(({ line, ...recommendation }) => ({
    ...recommendation,
    source: { file, line },
  }));
}
