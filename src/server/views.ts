import type { StreamHealth } from "../protocol/health.js";
import type { Metric, Snapshot, SourceHealth } from "../protocol/snapshot.js";
import type { StreamStatus } from "../protocol/status.js";
import { type EncodedEvents, encodeEvent } from "./encodedEvents.js";

/** The metrics that a client may see; `null` for all. */
export type Filter = readonly string[] | null;

/** A snapshot as one client sees it: what its token does not name is absent. */
export type SnapshotView = Pick<Snapshot, "timestamp" | "sequence" | "metrics"> &
  Partial<Omit<Snapshot, "health">> & { readonly health: Partial<SourceHealth> };

interface CachedView {
  readonly view: SnapshotView;
  body?: Buffer;
  update?: EncodedEvents;
}

/** By snapshot, then by filter: a snapshot that nobody holds any more takes its views with it. */
const cache = new WeakMap<Snapshot, Map<string, CachedView>>();

/** The same text for filters that let the same metrics through. */
export function filterKey(filter: Filter): string {
  return filter ? JSON.stringify([...new Set(filter)].sort()) : "*";
}

export function snapshotView(snapshot: Snapshot, filter: Filter): SnapshotView {
  return cachedView(snapshot, filter).view;
}

/** The view as the body of `GET /api/fusion/stream`, made once per snapshot and filter. */
export function streamBody(snapshot: Snapshot, filter: Filter): Buffer {
  const cached = cachedView(snapshot, filter);
  cached.body ??= Buffer.from(JSON.stringify({ ok: true, data: cached.view }));
  return cached.body;
}

/** The view as `fusionUpdate`, made once per snapshot and filter. */
export function updateEvent(snapshot: Snapshot, filter: Filter): EncodedEvents {
  const cached = cachedView(snapshot, filter);
  cached.update ??= encodeEvent("fusionUpdate", cached.view);
  return cached.update;
}

/** The status with only those changes in its feed that the filter lets through. */
export function statusView(status: StreamStatus, filter: Filter): StreamStatus {
  if (!filter) return status;
  const seen = new Set(filter);
  const feed = status.feed.map((entry) => ({
    ...entry,
    changes: entry.changes.filter(({ metric }) => seen.has(metric)),
  }));
  return { ...status, feed };
}

/** The health with only those sources that the filter lets something through of; reasons may speak of others. */
export function healthView(health: StreamHealth, filter: Filter): StreamHealth {
  if (!filter) return health;
  const seen = new Set(filter);
  const sources = health.sources.flatMap((source) => {
    const metrics = source.metrics.filter((id) => seen.has(id));
    return metrics.length === 0 ? [] : [{ ...source, metrics }];
  });
  return { ...health, metrics: { ...health.metrics, failures: [] }, sources };
}

/** What a client is told of a failure: its own words name files, which a token may not let its holder see. */
export function failureView(error: unknown, filter: Filter): string {
  if (filter) return "The data could not be collected.";
  return error instanceof Error ? error.message : String(error);
}

function cachedView(snapshot: Snapshot, filter: Filter): CachedView {
  let views = cache.get(snapshot);
  if (!views) {
    views = new Map();
    cache.set(snapshot, views);
  }
  const key = filterKey(filter);
  let cached = views.get(key);
  if (!cached) {
    cached = { view: filter ? filtered(snapshot, new Set(filter)) : snapshot };
    views.set(key, cached);
  }
  return cached;
}

function filtered(snapshot: Snapshot, seen: ReadonlySet<string>): SnapshotView {
  const { health } = snapshot;
  return {
    timestamp: snapshot.timestamp,
    sequence: snapshot.sequence,
    ...(seen.has("memos") && { memos: snapshot.memos }),
    ...(seen.has("revenue") && { revenue: snapshot.revenue }),
    ...(seen.has("driveSync") && {
      driveSync: snapshot.driveSync,
      driveSyncLastSync: snapshot.driveSyncLastSync,
    }),
    ...(seen.has("recommendations") && {
      recommendations: snapshot.recommendations,
      insights: snapshot.insights,
    }),
    health: {
      ...(seen.has("memos") && { memoIndexAvailable: health.memoIndexAvailable }),
      ...(seen.has("revenue") && { revenueAvailable: health.revenueAvailable }),
      ...(seen.has("recommendations") && { recommendationsAvailable: health.recommendationsAvailable }),
      ...(seen.has("driveSync") && { driveSyncLogAvailable: health.driveSyncLogAvailable }),
    },
    metrics: filteredMetrics(snapshot.metrics, seen),
    cards: snapshot.cards.filter((id) => seen.has(id)),
  };
}

/** `fromEntries` defines its keys, so that a metric called `__proto__` is a key like any other. */
function filteredMetrics(
  metrics: Readonly<Record<string, Metric>>,
  seen: ReadonlySet<string>,
): Readonly<Record<string, Metric>> {
  return Object.fromEntries(Object.entries(metrics).filter(([id]) => seen.has(id)));
}
