import type { MetricValue, Snapshot } from "../../protocol/snapshot.js";

/** Every metric's value at one moment; `null` where it could not be had. */
export interface Observation {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly values: ReadonlyMap<string, MetricValue>;
}

/** The part of a snapshot that the history keeps. A value that its source can no longer confirm counts as not known. */
export function observationOf({ timestamp, metrics }: Pick<Snapshot, "timestamp" | "metrics">): Observation {
  const values = Object.entries(metrics).map(
    ([id, { value, available }]) => [id, available ? storable(value) : null] as const,
  );
  return { at: Date.parse(timestamp), values: new Map(values) };
}

/**
 * What is to be written down of an observation.
 * @param before the values of the observation before it
 * @param continuous whether nothing was missed in between; otherwise even what is as before is written
 */
export function changesOf(
  before: ReadonlyMap<string, MetricValue>,
  { values }: Observation,
  continuous: boolean,
): [metric: string, value: MetricValue][] {
  const changes = [...values].filter(([id, value]) => !continuous || before.get(id) !== value);
  for (const [id, value] of before) if (value !== null && !values.has(id)) changes.push([id, null]);
  return changes;
}

function storable(value: MetricValue): MetricValue {
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}
