import type { Percentiles } from "../../protocol/status.js";

/** The last measurements of one quantity: a ring, so that it never grows. */
export class RecentValues {
  private readonly values: number[] = [];
  private next = 0;

  /** @param capacity measurements kept, at least 1 */
  constructor(private readonly capacity: number) {}

  get last(): number | null {
    return this.values[(this.next + this.capacity - 1) % this.capacity] ?? null;
  }

  add(value: number): void {
    this.values[this.next] = value;
    this.next = (this.next + 1) % this.capacity;
  }

  percentiles(): Percentiles {
    const sorted = [...this.values].sort((a, b) => a - b);
    return { p50: nearestRank(sorted, 50), p95: nearestRank(sorted, 95) };
  }
}

/**
 * The smallest value that is no less than this share of all; `null` of none.
 * @param percent above 0, up to 100
 */
function nearestRank(sorted: readonly number[], percent: number): number | null {
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? null;
}
