import type { HistoryPoint } from "../../protocol/history.js";
import type { Extremes, MetricHistory } from "./metricHistory.js";
import { gapPoint, weave } from "./points.js";
import { ROLLUP_LEVELS } from "./rollup.js";
import type { Gap } from "./span.js";

export interface Downsampling {
  readonly from: number;
  readonly to: number;
  /** At most so many points. */
  readonly points: number;
  /** The point that the range begins with, where there is one. */
  readonly carried: readonly HistoryPoint[];
  /** Those that begin in the range. */
  readonly gaps: readonly Gap[];
}

/**
 * Makes few points of many: of every part of the range its minimum and maximum, its last text, and a `null` where its
 * end is not known; of a part without numbers in the next one its last number too, which holds from then on. A gap shorter
 * than a part is not shown.
 */
export function downsample(history: MetricHistory, wanted: Downsampling): HistoryPoint[] {
  const extent = history.extent();
  if (extent === null) return [];
  const from = Math.max(wanted.from, extent[0]);
  const end = Math.min(wanted.to, Math.max(extent[1], wanted.gaps.at(-1)?.after ?? 0) + 1) + 1;
  const others = history.countOthers(from, end, wanted.points);
  const width = widthOf(end - from, partsFor(wanted.points, others + wanted.gaps.length));
  const points: HistoryPoint[] = [...wanted.carried];
  let gap = 0;
  let busy: { readonly end: number; readonly extremes: Extremes } | null = null;
  for (let part = Math.floor(from / width) * width; part < end; part += width) {
    const begin = Math.max(part, from);
    const partEnd = Math.min(part + width, end);
    const extremes = history.extremes(begin, partEnd);
    if (extremes) points.push(...extremePoints(extremes));
    else if (busy) points.push(...lastPoints(history, busy));
    busy = extremes && { end: partEnd, extremes };
    if (others > 0) points.push(...otherPoints(history, begin, partEnd));
    for (; (wanted.gaps[gap]?.after ?? end) < partEnd - 1; gap++) {
      const found = wanted.gaps[gap];
      if (found && found.until >= partEnd) points.push(gapPoint(found));
    }
  }
  if (busy) points.push(...lastPoints(history, busy));
  return fitted(withoutShortGaps(weave(points), width), wanted.points);
}

/** How many parts there may be, so that two extremes of each, both ends and what else there is have room. */
function partsFor(points: number, others: number): number {
  const room = points - 2;
  return others <= room / 2 ? Math.floor((room - others) / 2) : Math.floor(room / 4);
}

/** The length (ms) of a part: whole rollups of the coarsest kind that is not too coarse. */
function widthOf(length: number, parts: number): number {
  // The parts begin at multiples of their length, so that there may be one more.
  const least = Math.ceil(length / Math.max(1, parts - 1));
  const level = ROLLUP_LEVELS.findLast((size) => size <= least) ?? 1;
  return Math.ceil(least / level) * level;
}

function extremePoints({ minAt, min, maxAt, max }: Extremes) {
  const points: HistoryPoint[] = [[minAt, min]];
  if (maxAt !== minAt) points.push([maxAt, max]);
  return points;
}

/** The number that a part ends with, where it is none of its extremes. */
function lastPoints(
  history: MetricHistory,
  { end, extremes }: { readonly end: number; readonly extremes: Extremes },
): HistoryPoint[] {
  const last = history.lastUntil(end - 1);
  if (typeof last?.[1] !== "number" || last[0] === extremes.minAt || last[0] === extremes.maxAt) return [];
  return [last];
}

function otherPoints(history: MetricHistory, from: number, end: number): HistoryPoint[] {
  const other = history.lastOther(from, end);
  if (other === null) return [];
  const known = other[1] !== null || history.lastUntil(end - 1)?.[1] !== null;
  return known && other[1] === null ? [] : [other];
}

function withoutShortGaps(points: readonly HistoryPoint[], width: number): HistoryPoint[] {
  return points.filter(([at, value], index) => {
    const next = points[index + 1];
    return value !== null || next === undefined || next[0] - at >= width;
  });
}

/** Fewer than six points leave no room for everything: the extremes stay, and then what is newest. */
function fitted(points: HistoryPoint[], limit: number): HistoryPoint[] {
  if (points.length <= limit) return points;
  const numbers = points.filter(([, value]) => typeof value === "number");
  const byValue = numbers.toSorted(([, a], [, b]) => Number(a) - Number(b));
  const wanted = new Set([byValue.at(-1), byValue[0], ...points.toReversed()]);
  wanted.delete(undefined);
  const kept = new Set([...wanted].slice(0, limit));
  return points.filter((point) => kept.has(point));
}
