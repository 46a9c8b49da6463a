import type { HistoryPoint, HistoryQuery } from "../../protocol/history.js";
import { downsample } from "./downsample.js";
import type { MetricHistory } from "./metricHistory.js";
import { gapPoint, weave } from "./points.js";
import type { Gap } from "./span.js";

/** A query with its number of points. */
export type BoundedQuery = Required<HistoryQuery>;

/** Answers a query: every change where there is room for them, else the extremes of equal parts of the range. */
export function queryPoints(history: MetricHistory, { from, to, points }: BoundedQuery): HistoryPoint[] {
  const gaps = history.gaps(to);
  const first = history.page(from, from + 1, 1);
  const carried = first.length > 0 ? [] : valueAt(history, gaps, from);
  const range = gaps.filter(({ after }) => after >= from && after < to);
  // To read them all and not to need them would take longer than the answer.
  const changes = history.exceeds(from, to + 1, points) ? null : history.page(from, to + 1, points + 1);
  if (changes !== null && changes.length <= points) {
    const woven = weave([...carried, ...changes, ...range.map(gapPoint)]);
    if (woven.length <= points) return woven;
  }
  return downsample(history, { from, to, points, carried, gaps: range });
}

/** The value that held at a time already, as a point there; none where it was not known. */
function valueAt(history: MetricHistory, gaps: readonly Gap[], at: number): HistoryPoint[] {
  const last = history.lastUntil(at - 1);
  if (last === null || last[1] === null) return [];
  return gaps.some(({ after }) => after >= last[0] && after < at) ? [] : [[at, last[1]]];
}
