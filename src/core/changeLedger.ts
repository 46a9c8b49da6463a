import type { MetricValue, Snapshot } from "../protocol/snapshot.js";

/** When a metric's value last changed, and from what. */
export interface LastChange {
  /** UTC, ISO 8601. */
  readonly changedAt: string;
  /** `null` where it has not changed since it was first seen. */
  readonly previous: MetricValue;
}

/** Remembers, for each metric, its last value and the change before it. */
export class ChangeLedger {
  private readonly entries = new Map<string, LastChange & { readonly value: MetricValue }>();

  /** @param last what is known of the values before anything is recorded */
  constructor(last: Pick<Snapshot, "metrics"> | null) {
    for (const [id, { value, changedAt, previous }] of Object.entries(last?.metrics ?? {})) {
      if (changedAt !== null) this.entries.set(id, { value, changedAt, previous });
    }
  }

  /** Records a value as of a time, and tells the last change up to then. */
  record(metric: string, value: MetricValue, timestamp: string): LastChange {
    const known = this.entries.get(metric);
    if (known !== undefined && known.value === value) return known;
    const entry = { value, changedAt: timestamp, previous: known?.value ?? null };
    this.entries.set(metric, entry);
    return entry;
  }
}
