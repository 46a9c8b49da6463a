import { BUILT_IN_METRICS, type SourceHealth } from "../protocol/snapshot.js";
import type { SnapshotView } from "./views.js";

/** Body of `GET /api/fusion/health`. */
interface HealthReport {
  readonly ok: boolean;
  readonly status: "healthy" | "degraded" | "unavailable";
  readonly sources: Readonly<Record<string, boolean>>;
  /** UTC, ISO 8601. */
  readonly timestamp: string;
}

/** The report's names of the built-in sources. */
const SOURCE_NAMES: Readonly<Record<keyof SourceHealth, string>> = {
  memoIndexAvailable: "memoIndex",
  revenueAvailable: "revenueSnapshot",
  recommendationsAvailable: "ericRecommendations",
  driveSyncLogAvailable: "driveSyncLog",
};

/** Which sources can be read, of those in the view; further metrics stand under their own ids. */
export function healthReport(view: SnapshotView): HealthReport {
  const builtIn = new Set<string>(BUILT_IN_METRICS);
  const further = Object.entries(view.metrics)
    .filter(([id]) => !builtIn.has(id))
    .map(([id, { available }]) => [id, available] as const);
  const named = Object.entries(SOURCE_NAMES).flatMap(([key, name]) => {
    const available = view.health[key as keyof SourceHealth];
    return available === undefined ? [] : [[name, available] as const];
  });
  const sources = Object.fromEntries([...further, ...named]);
  const states = Object.values(sources);
  const ok = states.includes(true);
  const status = !ok ? "unavailable" : states.includes(false) ? "degraded" : "healthy";
  return { ok, status, sources, timestamp: new Date().toISOString() };
}
