import type { MetricValue, Snapshot } from "../protocol/snapshot.js";
import type { ChangeStore, KnownChange } from "./changeStore.js";
import { Deadline } from "./deadline.js";

/** So long (ms) what was kept is waited for: the first values must not wait for a disk that does not answer. */
const recallPatience = new Deadline(1_000);

/** Remembers, for each metric, its last value and the change before it. */
export class ChangeLedger {
  private readonly entries = new Map<string, KnownChange>();

  /**
   * @param last what is known of the values before anything is recorded
   * @param store keeps what is recorded beyond this process' life
   */
  constructor(
    last: Pick<Snapshot, "metrics"> | null,
    private readonly store: ChangeStore | null = null,
  ) {
    for (const [id, { value, changedAt, previous }] of Object.entries(last?.metrics ?? {})) {
      if (changedAt !== null) this.entries.set(id, { value, changedAt, previous });
    }
  }

  /** Takes up what an earlier process kept, unless more is known already; to be awaited before anything is recorded. */
  async recall(): Promise<void> {
    if (this.store === null || this.entries.size > 0) return;
    const kept = await recallPatience.within(this.store.read(), new Map<string, KnownChange>());
    for (const [id, change] of kept) this.entries.set(id, change);
  }

  /** The last change that is known of; `null` where the metric is new. */
  lastChange(metric: string): KnownChange | null {
    return this.entries.get(metric) ?? null;
  }

  /** Records a value as of a time, and tells the last change up to then. */
  record(metric: string, value: MetricValue, timestamp: string): KnownChange {
    const known = this.entries.get(metric);
    if (known !== undefined && known.value === value) return known;
    const entry = { value, changedAt: timestamp, previous: known?.value ?? null };
    this.entries.set(metric, entry);
    this.store?.write(() => this.entries);
    return entry;
  }
}
