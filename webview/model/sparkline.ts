/** The arithmetic of a card's sparkline: a day of one metric, as a path and as a change. */
import type { HistoryPoint, HistoryRange, HistorySeries } from "../../src/protocol/history.js";

const DAY_MS = 86_400_000;

/** More points than a sparkline has pixels are thinned out. */
const MOST_POINTS = 400;

/** Parts of a range that keep their extremes when it is thinned out. */
const PARTS = 100;

const LEAST_PART = 1 / 60;

/** In the units of the drawing; a path keeps `margin` free above and below. */
export interface SparklineSize {
  readonly width: number;
  readonly height: number;
  readonly margin: number;
}

/** The 24 hours that end at a moment (epoch milliseconds). */
export function dayUntil(to: number): HistoryRange {
  return { from: to - DAY_MS, to };
}

/**
 * An SVG path: a value holds until the next change, where nothing is known there is no line. Values that are all the
 * same run through the middle.
 * @param range what the width shows; the last value is known to hold until its end
 * @returns "" where numbers are known of less than a sixtieth of the range
 */
export function sparklinePath(
  points: readonly HistoryPoint[],
  range: HistoryRange,
  { width, height, margin }: SparklineSize,
): string {
  const shown = within(points, range);
  const numbers = shown.map(([, value]) => value).filter((value) => typeof value === "number");
  const least = numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const x = (at: number) => rounded(((at - range.from) / (range.to - range.from)) * width);
  // Halved before they are subtracted: the distance of two finite numbers may not be finite.
  const spread = most / 2 - least / 2;
  const y = (value: number) =>
    rounded(margin + (spread === 0 ? 0.5 : (most / 2 - value / 2) / spread) * (height - 2 * margin));
  let path = "";
  let known = 0;
  let drawing = false;
  for (const [index, [at, value]] of shown.entries()) {
    if (typeof value === "number") {
      path += drawing ? `V${y(value)}` : `M${x(at)} ${y(value)}`;
      const until = shown[index + 1]?.[0] ?? range.to;
      path += `H${x(until)}`;
      known += until - at;
    }
    drawing = typeof value === "number";
  }
  return isSpeck(known, range) ? "" : path;
}

/** Whether what is known of a range, in milliseconds, would be drawn as no more than a speck at its edge. */
export function isSpeck(known: number, { from, to }: HistoryRange): boolean {
  return known < (to - from) * LEAST_PART;
}

/** What lies between a path of `sparklinePath` and the foot of its drawing. */
export function areaUnder(path: string, { height }: SparklineSize): string {
  return path.replace(/M([\d.]+)[^M]*/g, (part, begin) => `${part}V${height}H${begin}Z`);
}

/** The values at both ends of a range; `null` where either is not known. */
export function endsOf(
  points: readonly HistoryPoint[],
  range: HistoryRange,
): { readonly first: number | string; readonly last: number | string } | null {
  const shown = within(points, range);
  const [at, first] = shown[0] ?? [null, null];
  const last = shown.at(-1)?.[1] ?? null;
  if (at !== range.from || first === null || last === null) return null;
  return { first, last };
}

/** A series that has grown, cut to its last 24 hours and thinned out where it has more points than anybody could see. */
export function lastDay(series: HistorySeries): HistorySeries {
  const range = dayUntil(series.to);
  const points = within(series.points, range);
  return { ...series, ...range, points: points.length > MOST_POINTS ? thinned(points, range) : points };
}

/** The points of a range, from its first moment on where the value is known that held there. */
export function within(points: readonly HistoryPoint[], { from, to }: HistoryRange): HistoryPoint[] {
  const inside = points.filter(([at]) => at >= from && at <= to);
  const before = points.findLast(([at]) => at < from);
  if (!before || before[1] === null || inside[0]?.[0] === from) return inside;
  return [[from, before[1]], ...inside];
}

/** Of every part of the range the extremes, the last point and the begin of its gaps. */
function thinned(points: readonly HistoryPoint[], { from, to }: HistoryRange): HistoryPoint[] {
  const parts = new Map<number, HistoryPoint[]>();
  for (const point of points) {
    const part = Math.floor(((point[0] - from) / (to - from)) * PARTS);
    parts.set(part, [...(parts.get(part) ?? []), point]);
  }
  return [...parts.values()].flatMap((part) => {
    const numbers = part.map(([, value]) => value).filter((value) => typeof value === "number");
    const least = numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const most = numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const kept = [
      part[0],
      part.find(([, value]) => value === least),
      part.find(([, value]) => value === most),
    ];
    return part.filter(
      (point, index) => index === part.length - 1 || point[1] === null || kept.includes(point),
    );
  });
}

function rounded(length: number): number {
  return Math.round(length * 10) / 10;
}
