import {
  BUILT_IN_METRICS,
  type Insight,
  type Metric,
  type MetricValue,
  type Snapshot,
} from "../protocol/snapshot.js";
import { ChangeLedger } from "./changeLedger.js";
import type { Clock } from "./clock.js";
import type { MetricReading, MetricShape, Source, SourceResult, SourceState } from "./sources/source.js";

/** What one collection gave; the stream numbers the snapshot when it emits it. */
export interface Collection {
  readonly snapshot: Omit<Snapshot, "sequence">;
  /** Whether any source changed since the collection before. */
  readonly changed: boolean;
  /** Milliseconds. */
  readonly collectMs: number;
  /** Milliseconds after which to collect again though nobody wrote; `null` if never. */
  readonly recheckInMs: number | null;
}

/** What to collect: sources in order, of which a later one replaces an earlier one's metric of the same id. */
export interface CollectionPlan {
  readonly sources: readonly Source[];
  /** Ids of the metrics shown as cards, in their order; `null` for all. */
  readonly cards: readonly string[] | null;
}

/** What metrics are made of. */
interface Origin {
  readonly source: Source;
  readonly state: SourceState;
  /** ISO 8601. */
  readonly readAt: string | null;
}

/** A metric with what it was made of: from the same it need not be made again. */
interface ComposedMetric {
  readonly source: Source;
  readonly state: SourceState;
  readonly metric: Metric;
}

/** Reads all sources of one workspace folder, side by side, into one snapshot. */
export class Collector {
  private readonly ledger: ChangeLedger;
  private revisions = "";
  private composed: ReadonlyMap<string, ComposedMetric> = new Map();
  private plan: CollectionPlan | null = null;

  /** @param last the snapshot that the first one comes after, where there was one */
  constructor(
    private readonly clock: Clock,
    last: Snapshot | null = null,
  ) {
    this.ledger = new ChangeLedger(last);
  }

  /** Never rejects because of a source: each one's trouble is its own. */
  async collect(plan: CollectionPlan): Promise<Collection> {
    const begun = this.clock.monotonic();
    const results = await Promise.all(plan.sources.map((source) => source.collect()));
    const revisions = results.map(({ revision }) => revision).join();
    const changed = revisions !== this.revisions || plan !== this.plan;
    this.revisions = revisions;
    this.plan = plan;
    const rechecks = results.flatMap(({ recheckInMs }) => recheckInMs ?? []);
    return {
      snapshot: this.compose(plan, results),
      changed,
      collectMs: this.clock.monotonic() - begun,
      recheckInMs: rechecks.length === 0 ? null : Math.min(...rechecks),
    };
  }

  private compose(
    { sources, cards }: CollectionPlan,
    results: readonly SourceResult[],
  ): Omit<Snapshot, "sequence"> {
    const timestamp = new Date(this.clock.now()).toISOString();
    const origins = new Map<string, Origin>();
    const toIso = isoTimes();
    for (const [index, { state, readAt }] of results.entries()) {
      const source = sources[index] as Source;
      if (source.optional && state.status === "unavailable" && state.file === null) continue;
      const read = { source, state, readAt: readAt === null ? null : toIso(readAt) };
      for (const id of Object.keys(source.metrics)) origins.set(id, read);
    }
    const composed = new Map<string, ComposedMetric>();
    const metrics = new Map<string, Metric>();
    for (const [id, origin] of origins) {
      const metric = this.metricOf(id, origin, timestamp);
      composed.set(id, { source: origin.source, state: origin.state, metric });
      metrics.set(id, metric);
    }
    this.composed = composed;
    const valueOfMetric = (id: string) => metrics.get(id)?.value ?? null;
    const isAvailable = (id: string) => metrics.get(id)?.available ?? false;
    return {
      timestamp,
      memos: numberOrNull(valueOfMetric("memos")),
      revenue: numberOrNull(valueOfMetric("revenue")),
      driveSync: driveSyncOrNull(valueOfMetric("driveSync")),
      driveSyncLastSync: results.flatMap(({ state }) => state.reading?.lastSync ?? [])[0] ?? null,
      recommendations: numberOrNull(valueOfMetric("recommendations")),
      health: {
        memoIndexAvailable: isAvailable("memos"),
        revenueAvailable: isAvailable("revenue"),
        recommendationsAvailable: isAvailable("recommendations"),
        driveSyncLogAvailable: isAvailable("driveSync"),
      },
      metrics: Object.fromEntries(metrics),
      cards: cards?.filter((id) => metrics.has(id)) ?? cardsOf(metrics),
      insights: results.flatMap(({ state }) => insightsOf(state)),
    };
  }

  private metricOf(id: string, { source, state, readAt }: Origin, timestamp: string): Metric {
    const before = this.composed.get(id);
    if (before === undefined || before.source !== source || before.state !== state) {
      return this.make(id, { source, state, readAt }, timestamp);
    }
    const { metric } = before;
    return metric.readAt === readAt ? metric : { ...metric, readAt };
  }

  private make(id: string, { source, state, readAt }: Origin, timestamp: string): Metric {
    const { label, icon, unit, format, origin, ...affixes } = source.metrics[id] as MetricShape;
    const reading: MetricReading | undefined = state.reading?.metrics[id];
    const value = reading?.value ?? null;
    const { changedAt, previous } = this.ledger.record(id, value, timestamp);
    const failed = reading?.error !== undefined;
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
      stale: state.status === "stale" || (failed && value !== null),
      error: state.error ?? reading?.error ?? reading?.warning ?? null,
      source: state.file === null ? null : { file: state.file, line: reading?.line ?? null },
      origin: reading?.origin ?? origin ?? null,
      readAt,
    };
  }
}

/** Writes times in ISO 8601; most sources are read within the same few milliseconds, and a date takes long to write. */
function isoTimes(): (time: number) => string {
  const written = new Map<number, string>();
  return (time) => {
    const iso = written.get(time) ?? new Date(time).toISOString();
    written.set(time, iso);
    return iso;
  };
}

function cardsOf(metrics: ReadonlyMap<string, Metric>): string[] {
  const builtIn: readonly string[] = BUILT_IN_METRICS;
  const others = [...metrics.keys()].filter((id) => !builtIn.includes(id));
  return [...builtIn.filter((id) => metrics.has(id)), ...others];
}

function numberOrNull(value: MetricValue): number | null {
  return typeof value === "number" ? value : null;
}

const DRIVE_SYNC_STATES = ["OK", "WARN", "ERROR", "SYNCING", "UNKNOWN"] as const;

function driveSyncOrNull(value: MetricValue): Snapshot["driveSync"] {
  return DRIVE_SYNC_STATES.find((state) => state === value) ?? null;
}

function insightsOf({ file, reading }: SourceState): readonly Insight[] {
  if (file === null) return [];
  return (reading?.recommendations ?? []).map(({ line, ...recommendation }) => ({
    ...recommendation,
    source: { file, line },
  }));
}
