import type { HistoryPoint } from "../../protocol/history.js";
import type { Gap } from "./span.js";

export interface Extremes {
  readonly minAt: number;
  readonly min: number;
  readonly maxAt: number;
  readonly max: number;
}

/** What is kept of one metric. Times are epoch milliseconds; ranges begin with `from` and end before `end`. */
export interface MetricHistory {
  /** The first changes (`limit` or one more) of a range, in the order of time. */
  page(from: number, end: number, limit: number): HistoryPoint[];
  /** Whether a range has more changes than so many; "no" may be wrong where it has few more. */
  exceeds(from: number, end: number, count: number): boolean;
  /** The change that holds at a time. */
  lastUntil(at: number): HistoryPoint | null;
  /** The time of the first change, and of the last. */
  extent(): readonly [number, number] | null;
  /** The smallest and the greatest number of a range; `null` where it has none. */
  extremes(from: number, end: number): Extremes | null;
  /** Changes of a range that are not numbers, counted up to a limit. */
  countOthers(from: number, end: number, limit: number): number;
  /** The last change of a range that is not a number. */
  lastOther(from: number, end: number): HistoryPoint | null;
  /** The times that nobody observed, up to a time. */
  gaps(to: number): Gap[];
}
