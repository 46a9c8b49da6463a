/** The arithmetic of the trend: series on one time line, ranges and what lies in them. */

import type { Commit, HistoryPoint, HistoryRange, HistorySeries } from "../../src/protocol/history.js";
import { ownEntry } from "../../src/protocol/ownEntry.js";
import type { Metric, MetricValue, Snapshot } from "../../src/protocol/snapshot.js";
import { within } from "./sparkline.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Ranges that end now, by their length in milliseconds. */
export const SPANS = {
  "1h": HOUR_MS,
  "24h": DAY_MS,
  "7d": 7 * DAY_MS,
  "30d": 30 * DAY_MS,
  "1y": 365 * DAY_MS,
};
export type Span = keyof typeof SPANS;

/** What is shown: one series for each metric. */
export interface Trend extends HistoryRange {
  /** Of a range that moves on with the time; `null` for one that stands. */
  readonly span: Span | null;
  readonly series: readonly HistorySeries[];
  readonly commits: readonly Commit[];
}

/** @param now epoch milliseconds */
export function rangeOf(span: Span, now: number): HistoryRange {
  return { from: now - SPANS[span], to: now };
}

export function pointCount({ series }: Trend): number {
  return series.reduce((sum, { points }) => sum + points.length, 0);
}

/** A snapshot that is older than what is known by so much (ms) was not merely overtaken by an answer. */
const SET_BACK_MS = 60_000;

/** Nothing is drawn of less than this (ms): observations are seldom closer. */
const SHORTEST_RANGE_MS = 60_000;
/** A hundred years: no history is kept for longer. */
const LONGEST_RANGE_MS = 36_500 * DAY_MS;

/** Several metrics on one time line: every column is as long as the times. */
export interface AlignedSeries {
  /** Epoch milliseconds, growing. */
  readonly times: readonly number[];
  readonly columns: readonly (readonly MetricValue[])[];
}

/**
 * Puts series on one time line. A value holds until the next change; before the first point and in gaps there is `null`.
 * @param until up to when (epoch milliseconds) the last values are known to hold
 */
export function alignSeries(series: readonly HistorySeries[], until: number): AlignedSeries {
  const all = new Set<number>();
  for (const { points } of series) {
    for (const [at, value] of points) {
      all.add(at);
      // Without it a line would end at its last change and not where the gap begins.
      if (value === null) all.add(at - 1);
    }
  }
  if (all.size > 0) all.add(until);
  const times = [...all].filter((at) => at <= until).sort((a, b) => a - b);
  return { times, columns: series.map(({ points }) => column(points, times)) };
}

function column(points: readonly HistoryPoint[], times: readonly number[]): MetricValue[] {
  let next = 0;
  let value: MetricValue = null;
  return times.map((time) => {
    for (let point = points[next]; point && point[0] <= time; point = points[++next]) value = point[1];
    return value;
  });
}

/** Index of the last time up to a moment (epoch ms), whose values hold there; -1 before the first time and after the last. */
export function rowAt(times: readonly number[], at: number): number {
  const last = times.at(-1);
  return last === undefined || Math.floor(at) > last ? -1 : times.findLastIndex((time) => time <= at);
}

/** When the first of its values was recorded (epoch ms); `null` where there is none. */
export function begunAt({ series }: Pick<Trend, "series">): number | null {
  const begins = series.flatMap(({ points }) => points.find(([, value]) => value !== null)?.[0] ?? []);
  return begins.length === 0 ? null : Math.min(...begins);
}

/** What to begin with: a day, but of a history that is younger than an hour that hour, in which it can be seen. */
export function fitted(trend: Trend): Trend {
  const begun = begunAt(trend);
  const hour = rangeOf("1h", trend.to);
  return trend.span === null || begun === null || begun < hour.from
    ? trend
    : { ...trend, ...hour, span: "1h" };
}

/**
 * Adds what a snapshot says to a series that reaches until now; as the history does, an unconfirmed value is none. What is
 * said to be of later lies in no time that anybody knows, where the clock was set back.
 */
export function extended(series: HistorySeries, snapshot: Snapshot): HistorySeries {
  const at = Date.parse(snapshot.timestamp);
  const metric = ownEntry(snapshot.metrics, series.metric);
  const value = metric?.available ? metric.value : null;
  const isSetBack = at < (series.points.at(-1)?.[0] ?? at) - SET_BACK_MS;
  const points = isSetBack ? series.points.filter(([each]) => each <= at) : series.points;
  const last = points.at(-1);
  const to = isSetBack ? at : Math.max(series.to, at);
  if (Number.isNaN(at) || at <= (last?.[0] ?? series.from) || (last?.[1] ?? null) === value)
    return { ...series, to, points };
  return { ...series, to, points: [...points, [at, value]] };
}

/** Takes in what a snapshot says, where it lies in the range; one that moves on reaches until now (epoch milliseconds) then. */
export function extendedTrend(trend: Trend, snapshot: Snapshot, now: number): Trend {
  const at = Date.parse(snapshot.timestamp);
  if (trend.span === null && at > trend.to) return trend;
  const series = trend.series.map((each) => extended(each, snapshot));
  if (trend.span === null) return { ...trend, series };
  const range = rangeOf(trend.span, now);
  // The stream's clock may be a little ahead of the page's.
  const kept = { from: range.from, to: Math.max(now, at || now) };
  return {
    ...trend,
    ...range,
    series: series.map((each) => ({ ...each, points: within(each.points, kept) })),
  };
}

/** The trend's series on one time line; nothing is known of the time after now (epoch milliseconds). */
export function alignedTrend({ series, to }: Trend, now: number): AlignedSeries {
  return alignSeries(series, Math.min(to, now));
}

/** Whether values are words, drawn as bands; a range without any is judged by its metric. */
export function holdsWords(values: readonly MetricValue[], metric: Metric | undefined): boolean {
  if (values.some((value) => typeof value === "string")) return true;
  if (values.some((value) => typeof value === "number")) return false;
  return metric !== undefined && (metric.format === "text" || typeof metric.value === "string");
}

/** Makes a range shorter or longer about its middle. */
export function zoomed({ from, to }: HistoryRange, factor: number): HistoryRange {
  const length = Math.min(LONGEST_RANGE_MS, Math.max(SHORTEST_RANGE_MS, (to - from) * factor));
  const begin = Math.round((from + to - length) / 2);
  return { from: begin, to: Math.round(begin + length) };
}

/** Moves a range by a part of its length, never beyond now. */
export function panned({ from, to }: HistoryRange, part: number, now: number): HistoryRange {
  const by = Math.min(Math.round((to - from) * part), now - to);
  return { from: from + by, to: to + by };
}

/** Rows of the table: only where something changed. */
export function tableRows({
  times,
  columns,
}: AlignedSeries): { at: number; values: readonly MetricValue[] }[] {
  return times
    .map((at, row) => ({ at, values: columns.map((values) => values[row] ?? null) }))
    .filter(({ values }, row, rows) =>
      values.some((value, index) => value !== (rows[row - 1]?.values[index] ?? null)),
    );
}
