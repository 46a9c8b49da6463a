import type { Metric, MetricValue, Snapshot } from "../../protocol/snapshot.js";

/** Every metric's value at one moment; `null` where it could not be had. */
export interface Observation {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly values: ReadonlyMap<string, MetricValue>;
  /** Metrics that nobody has looked at yet, which have no value here; none where left out. */
  readonly unread?: readonly string[];
}

/**
 * The part of a snapshot that the history keeps. A value that its source can no longer confirm counts as not known.
 * @param unread ids of metrics that nobody has looked at yet
 */
export function observationOf(
  { timestamp, metrics }: Pick<Snapshot, "timestamp" | "metrics">,
  unread: readonly string[],
): Observation {
  const isUnread = (id: string, { readAt }: Metric) => readAt === null && unread.includes(id);
  const values = Object.entries(metrics)
    .filter(([id, metric]) => !isUnread(id, metric))
    .map(([id, { value, available }]) => [id, available ? storable(value) : null] as const);
  return { at: Date.parse(timestamp), values: new Map(values), unread };
}

/**
 * All values of an observation. What nobody has looked at yet is what it was where nothing was missed: a restart, or another
 * process that goes on, is no change. After a time that nobody observed it is not known.
 * @param before the values of the observation before it
 * @param continuous whether nothing was missed in between
 */
export function valuesOf(
  before: ReadonlyMap<string, MetricValue>,
  { values, unread = [] }: Observation,
  continuous: boolean,
): ReadonlyMap<string, MetricValue> {
  const all = new Map(values);
  for (const id of unread) {
    const value = before.get(id) ?? null;
    if (value !== null && !all.has(id)) all.set(id, continuous ? value : null);
  }
  return all;
}

/**
 * What is to be written down of an observation.
 * @param before the values of the observation before it
 * @param values all values of this one
 * @param continuous whether nothing was missed in between; otherwise even what is as before is written
 */
export function changesOf(
  before: ReadonlyMap<string, MetricValue>,
  values: ReadonlyMap<string, MetricValue>,
  continuous: boolean,
): [metric: string, value: MetricValue][] {
  const changes = [...values].filter(([id, value]) => !continuous || before.get(id) !== value);
  for (const [id, value] of before) if (value !== null && !values.has(id)) changes.push([id, null]);
  return changes;
}

function storable(value: MetricValue): MetricValue {
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}
