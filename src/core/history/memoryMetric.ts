import type { HistoryPoint, HistoryRange } from "../../protocol/history.js";
import type { Extremes, MetricHistory } from "./metricHistory.js";
import { type Gap, gapsBetween } from "./span.js";

/** One metric's changes in memory, in the order of time. */
export class MemoryMetric implements MetricHistory {
  private readonly points: HistoryPoint[] = [];

  /** @param allSpans those of all metrics, by their beginning */
  constructor(private readonly allSpans: () => readonly HistoryRange[]) {}

  get length(): number {
    return this.points.length;
  }

  add(point: HistoryPoint): void {
    this.points.splice(this.indexOf(point[0] + 1), 0, point);
  }

  /** Drops changes before a time, but never the last. */
  dropBefore(at: number): void {
    this.points.splice(0, Math.min(this.indexOf(at), this.points.length - 1));
  }

  /** Drops the oldest change, if there is another. */
  dropOldest(): void {
    if (this.points.length > 1) this.points.shift();
  }

  page(from: number, end: number, limit: number): HistoryPoint[] {
    const begin = this.indexOf(from);
    const until = Math.min(this.indexOf(end), begin + limit);
    const together = limit > 0 && this.points[until]?.[0] === this.points[until - 1]?.[0];
    return this.points.slice(begin, together ? until + 1 : until);
  }

  exceeds(from: number, end: number, count: number): boolean {
    return this.indexOf(end) - this.indexOf(from) > count;
  }

  lastUntil(at: number): HistoryPoint | null {
    return this.points[this.indexOf(at + 1) - 1] ?? null;
  }

  extent(): readonly [number, number] | null {
    const [first, last] = [this.points[0], this.points.at(-1)];
    return first && last ? [first[0], last[0]] : null;
  }

  extremes(from: number, end: number): Extremes | null {
    let found: Extremes | null = null;
    for (const [at, value] of this.points.slice(this.indexOf(from), this.indexOf(end))) {
      if (typeof value !== "number") continue;
      found ??= { minAt: at, min: value, maxAt: at, max: value };
      if (value < found.min) found = { ...found, minAt: at, min: value };
      if (value > found.max) found = { ...found, maxAt: at, max: value };
    }
    return found;
  }

  countOthers(from: number, end: number, limit: number): number {
    const range = this.points.slice(this.indexOf(from), this.indexOf(end));
    return Math.min(limit, range.filter(([, value]) => typeof value !== "number").length);
  }

  lastOther(from: number, end: number): HistoryPoint | null {
    const range = this.points.slice(this.indexOf(from), this.indexOf(end));
    return range.findLast(([, value]) => typeof value !== "number") ?? null;
  }

  gaps(to: number): Gap[] {
    return gapsBetween(
      this.allSpans().filter(({ from }) => from <= to),
      to,
    );
  }

  /** How many changes there are before a time. */
  private indexOf(at: number): number {
    let [low, high] = [0, this.points.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.points[middle]?.[0] ?? at) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
