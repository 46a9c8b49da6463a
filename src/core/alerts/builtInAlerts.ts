import { FAILED_EMISSIONS } from "../../protocol/alerts.js";
import { BUILT_IN_METRICS, type Snapshot } from "../../protocol/snapshot.js";
import type { AlertDefinition } from "../config/alertDefinition.js";

/** A source that gives nothing for so long (ms) needs somebody. */
const UNAVAILABLE_MS = 10 * 60_000;

/** In percent of the emissions of an hour. */
const FAILED_SHARE = 5;

const BUILT_IN = { forMs: 0, coolDownMs: 0, line: null } as const;

export const DRIVE_SYNC_ERROR: AlertDefinition = {
  ...BUILT_IN,
  metric: "driveSync",
  condition: { kind: "becomes", value: "ERROR" },
  severity: "error",
};

export const EMISSIONS_FAIL: AlertDefinition = {
  ...BUILT_IN,
  metric: FAILED_EMISSIONS,
  condition: { kind: "above", threshold: FAILED_SHARE, clearBelow: null },
  severity: "error",
};

export function sourceUnavailable(metric: string): AlertDefinition {
  return {
    ...BUILT_IN,
    metric,
    condition: { kind: "noDataFor", ms: UNAVAILABLE_MS },
    severity: "warning",
  };
}

/**
 * Metrics that stand for the sources that give nothing now: one for all that fail for the same reason. A built-in file
 * that never was there is none of them: most folders lack some.
 */
export function unavailableSources({ metrics }: Snapshot, hadData: ReadonlySet<string>): string[] {
  const builtIn: readonly string[] = BUILT_IN_METRICS;
  const byReason = new Map<string, string>();
  for (const [id, { available, error }] of Object.entries(metrics)) {
    if (available || (builtIn.includes(id) && !hadData.has(id))) continue;
    const reason = error ?? id;
    if (!byReason.has(reason)) byReason.set(reason, id);
  }
  return [...byReason.values()];
}
