import type { Reading } from "./source.js";

/** A reading in which a metric that could not be had keeps its last good value, with what is wrong now. */
export function carryOver(last: Reading | null, next: Reading): Reading {
  // Own keys alone, defined rather than set: a metric may be called `__proto__` or `toString`.
  const before = new Map(Object.entries(last?.metrics ?? {}));
  const metrics = Object.entries(next.metrics).map(([id, reading]) => {
    const kept = reading.error === undefined ? undefined : before.get(id);
    return [id, kept === undefined ? reading : { ...kept, error: reading.error }] as const;
  });
  return { ...next, metrics: Object.fromEntries(metrics) as Reading["metrics"] };
}
