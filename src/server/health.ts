import { BUILT_IN_METRICS, type SourceHealth } from "../protocol/snapshot.js";
import type { StreamStatus } from "../protocol/status.js";
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

/** Body of `GET /api/fusion/emitter/health`. */
export function emitterReport({ metrics, interval }: StreamStatus, cpuPercent: number) {
  const { rss, heapUsed } = process.memoryUsage();
  return {
    ok: true,
    status: metrics.isActive ? "active" : "inactive",
    metrics: { ...metrics, interval, cpuPercent, memory: { rss, heapUsed } },
  };
}

/** A shorter span than this (ms) says more of chance than of load. */
const MIN_SPAN_MS = 1_000;

/** The process's use of the CPU, measured from question to question: nothing runs in between. */
export class CpuMeter {
  private since = performance.now();
  private usage = process.cpuUsage();
  private last: number | null = null;

  /** Percent of one core since the last question that lies a second back or more; may exceed 100 on several. */
  percent(): number {
    const elapsed = performance.now() - this.since;
    if (this.last !== null && elapsed < MIN_SPAN_MS) return this.last;
    const { user, system } = process.cpuUsage(this.usage);
    this.last = Math.round((user + system) / elapsed) / 10;
    this.since = performance.now();
    this.usage = process.cpuUsage();
    return this.last;
  }
}
