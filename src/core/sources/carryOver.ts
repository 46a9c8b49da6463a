import type { MetricReading, Reading } from "./source.js";

/** A reading in which a metric that could not be had keeps its last good value, with what is wrong now. */
export function carryOver(last: Reading | null, next: Reading): Reading {
  const metrics: Record<string, MetricReading> = {};
  for (const [id, reading] of Object.entries(next.metrics)) {
    const before = reading.error === undefined ? undefined : last?.metrics[id];
    metrics[id] =
      before === undefined
        ? reading
        : { ...before, ...(reading.error === undefined ? {} : { error: reading.error }) };
  }
  return { ...next, metrics };
}
