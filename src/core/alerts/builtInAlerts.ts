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
 * Metrics that stand for the sources that give nothing now: one for all that fail for the same reason, and each that was
 * told of already. A built-in file that never was there is none of them: most folders lack some.
 * @param told metrics whose silence was told, and is not over
 */
export function unavailableSources(
  { metrics }: Snapshot,
  hadData: ReadonlySet<string>,
  told: ReadonlySet<string>,
): string[] {
  const builtIn: readonly string[] = BUILT_IN_METRICS;
  const silent = Object.entries(metrics)
    .filter(([id, { available }]) => !available && (!builtIn.includes(id) || hadData.has(id)))
    .map(([id, { error }]) => ({ id, reason: error ?? id }));
  const toldReasons = new Set(silent.filter(({ id }) => told.has(id)).map(({ reason }) => reason));
  const first = new Map(silent.toReversed().map(({ id, reason }) => [reason, id]));
  return silent
    .filter(({ id, reason }) => told.has(id) || (!toldReasons.has(reason) && first.get(reason) === id))
    .map(({ id }) => id);
}
