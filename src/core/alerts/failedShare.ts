/** The emitter's counters at one moment (epoch ms). */
export interface EmissionCount {
  readonly at: number;
  readonly succeeded: number;
  readonly failed: number;
}

const HOUR_MS = 60 * 60_000;

/** The share of emissions that failed in the last hour, from counters that only grow. */
export class FailedShare {
  private counts: readonly EmissionCount[] = [];

  /** In percent, 0 to 100; 0 where there was no emission. */
  add(count: EmissionCount): number {
    const begun = count.at - HOUR_MS;
    // The last count before the hour is what its own are compared with.
    const first = this.counts.findLastIndex(({ at }) => at <= begun);
    this.counts = [...this.counts.slice(Math.max(0, first)), count];
    const base = this.counts[0] ?? count;
    const failed = count.failed - base.failed;
    const all = failed + count.succeeded - base.succeeded;
    return all === 0 ? 0 : (100 * failed) / all;
  }
}
