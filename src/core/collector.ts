import type { Insight, Metric, MetricValue, Snapshot } from "../protocol/snapshot.js";
import { ChangeLedger } from "./changeLedger.js";
import type { Clock } from "./clock.js";
import {
  DATA_FILES,
  driveSyncLogFile,
  memoIndexFile,
  recommendationsFile,
  revenueSnapshotFile,
} from "./sources/dataFiles.js";
import { FileSource } from "./sources/fileSource.js";
import { GuardedReader } from "./sources/guardedReader.js";
import type { SourceDefinition, SourceState } from "./sources/source.js";

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

/** Reads all sources of one workspace folder, side by side, into one snapshot. */
export class Collector {
  private readonly sources: ReadonlyMap<SourceDefinition, FileSource>;
  private readonly ledger = new ChangeLedger();
  private revisions = "";

  /** @param root absolute path of the workspace folder */
  constructor(
    root: string,
    private readonly clock: Clock,
  ) {
    const reader = new GuardedReader(root);
    this.sources = new Map(DATA_FILES.map((definition) => [definition, new FileSource(reader, definition)]));
  }

  /** Never rejects because of a source: each one's trouble is its own. */
  async collect(): Promise<Collection> {
    const begun = this.clock.monotonic();
    const results = await Promise.all(
      [...this.sources].map(async ([definition, source]) => ({ definition, ...(await source.collect()) })),
    );
    const states = new Map(results.map(({ definition, state }) => [definition, state]));
    const revisions = results.map(({ revision }) => revision).join();
    const changed = revisions !== this.revisions;
    this.revisions = revisions;
    const rechecks = results.flatMap(({ recheckInMs }) => recheckInMs ?? []);
    return {
      snapshot: this.compose(states),
      changed,
      collectMs: this.clock.monotonic() - begun,
      recheckInMs: rechecks.length === 0 ? null : Math.min(...rechecks),
    };
  }

  private compose(states: ReadonlyMap<SourceDefinition, SourceState>): Omit<Snapshot, "sequence"> {
    const timestamp = new Date(this.clock.now()).toISOString();
    const metrics: Record<string, Metric> = {};
    for (const [definition, state] of states)
      Object.assign(metrics, this.metricsOf(definition, state, timestamp));
    const isAvailable = (definition: SourceDefinition) => states.get(definition)?.status === "available";
    return {
      timestamp,
      memos: numberOrNull(metrics.memos?.value),
      revenue: numberOrNull(metrics.revenue?.value),
      driveSync: (metrics.driveSync?.value ?? null) as Snapshot["driveSync"],
      driveSyncLastSync: states.get(driveSyncLogFile)?.reading?.lastSync ?? null,
      recommendations: numberOrNull(metrics.recommendations?.value),
      health: {
        memoIndexAvailable: isAvailable(memoIndexFile),
        revenueAvailable: isAvailable(revenueSnapshotFile),
        recommendationsAvailable: isAvailable(recommendationsFile),
        driveSyncLogAvailable: isAvailable(driveSyncLogFile),
      },
      metrics,
      insights: insightsOf(states.get(recommendationsFile)),
    };
  }

  private metricsOf(
    definition: SourceDefinition,
    state: SourceState,
    timestamp: string,
  ): Record<string, Metric> {
    const metrics: Record<string, Metric> = {};
    for (const [id, shape] of Object.entries(definition.metrics)) {
      const reading = state.reading?.metrics[id];
      const value = reading?.value ?? null;
      const { changedAt, previous } = this.ledger.record(id, value, timestamp);
      metrics[id] = {
        value,
        label: shape.label,
        format: shape.format,
        unit: reading?.unit ?? shape.unit,
        icon: shape.icon,
        available: state.status === "available",
        changedAt,
        previous,
        stale: state.status === "stale",
        error: state.error,
        source: state.file === null ? null : { file: state.file, line: reading?.line ?? null },
      };
    }
    return metrics;
  }
}

function numberOrNull(value: MetricValue | undefined): number | null {
  return typeof value === "number" ? value : null;
}

function insightsOf(state: SourceState | undefined): readonly Insight[] {
  if (!state?.reading) return [];
  const { file, reading } = state;
  return (reading.recommendations ?? []).map(({ line, ...recommendation }) => ({
    ...recommendation,
    source: { file, line },
  }));
}
