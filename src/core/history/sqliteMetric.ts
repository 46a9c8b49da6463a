import type { DatabaseSync } from "node:sqlite";
import type { HistoryPoint } from "../../protocol/history.js";
import type { Extremes, MetricHistory } from "./metricHistory.js";
import { bucketOf, MINUTE_MS, ROLLUP_LEVELS, rollupPoints } from "./rollup.js";
import { type RollupRow, rollupFrom } from "./rollupTable.js";
import type { HistorySettings } from "./settings.js";
import { type Gap, gapsBetween } from "./span.js";
import { readText } from "./storedText.js";

/** The statements that read one metric's part, prepared once for all metrics. */
export function readStatements(database: DatabaseSync) {
  const range = "metric = ? AND at >= ? AND at < ?";
  const rolled = "size = ? AND metric = ? AND bucket >= ? AND bucket < ?";
  return {
    numbers: database.prepare(`SELECT at, value FROM number_change WHERE ${range} ORDER BY at LIMIT ?`),
    others: database.prepare(`SELECT at, value FROM other_change WHERE ${range} ORDER BY at LIMIT ?`),
    rollups: database.prepare(`SELECT * FROM rollup WHERE ${rolled} ORDER BY bucket LIMIT ?`),
    lastRollups: database.prepare(`SELECT * FROM rollup WHERE ${rolled} ORDER BY bucket DESC LIMIT 2`),
    lastNumber: database.prepare(
      `SELECT at, value FROM number_change WHERE ${range} ORDER BY at DESC LIMIT 1`,
    ),
    lastOther: database.prepare(`SELECT at, value FROM other_change WHERE ${range} ORDER BY at DESC LIMIT 1`),
    countOthers: database.prepare(
      `SELECT count(*) AS count FROM (SELECT 1 FROM other_change WHERE ${range} LIMIT ?)`,
    ),
    // With a single min() or max(), the other columns are those of the row it came from.
    min: database.prepare(`SELECT min(value) AS value, at FROM number_change WHERE ${range}`),
    max: database.prepare(`SELECT max(value) AS value, at FROM number_change WHERE ${range}`),
    rolledMin: database.prepare(
      `SELECT min(min) AS value, bucket + min_at AS at FROM rollup WHERE ${rolled}`,
    ),
    rolledMax: database.prepare(
      `SELECT max(max) AS value, bucket + max_at AS at FROM rollup WHERE ${rolled}`,
    ),
    countRollups: database.prepare(
      `SELECT count(*) AS count FROM (SELECT 1 FROM rollup WHERE ${rolled} LIMIT ?)`,
    ),
    countNumbers: database.prepare(
      `SELECT count(*) AS count FROM (SELECT 1 FROM number_change WHERE ${range} LIMIT ?)`,
    ),
    spans: database.prepare("SELECT begun, ended FROM span WHERE begun <= ? ORDER BY begun"),
  };
}

export type ReadStatements = ReturnType<typeof readStatements>;

/** One metric in the database: numbers from the single changes where they are kept, else from the rollups. */
export class SqliteMetric implements MetricHistory {
  constructor(
    private readonly read: ReadStatements,
    private readonly settings: Pick<HistorySettings, "rolledUntil" | "keptSince">,
    private readonly metric: number,
  ) {}

  page(from: number, end: number, limit: number): HistoryPoint[] {
    const points = [
      // The first of the rollups may have none of its changes in the range.
      ...this.rolledPoints(from, Math.min(end, this.settings.keptSince), limit + 1),
      ...pointsOf(this.read.numbers.all(this.metric, this.kept(from), end, limit + 1)),
      ...pointsOf(this.read.others.all(this.metric, from, end, limit + 1)),
    ].sort(([a], [b]) => a - b);
    // Two changes of one moment stay together, for the next page begins after it.
    const together = points[limit]?.[0] === points[limit - 1]?.[0];
    return points.slice(0, together ? limit + 1 : limit);
  }

  exceeds(from: number, end: number, count: number): boolean {
    const { countRollups, countNumbers } = this.read;
    // Of the rollups at the ends, some changes may lie outside; of any other one, all lie inside.
    const rolledEnd = Math.min(end, this.settings.keptSince) - MINUTE_MS + 1;
    const rolled = countRollups.get(MINUTE_MS, this.metric, from, rolledEnd, count + 1)?.count;
    const numbers = countNumbers.get(this.metric, this.kept(from), end, count + 1)?.count;
    return Number(rolled) + Number(numbers) > count;
  }

  lastUntil(at: number): HistoryPoint | null {
    const number = this.lastNumber(at);
    const [other] = pointsOf(this.read.lastOther.all(this.metric, Number.MIN_SAFE_INTEGER, at + 1));
    if (!other || (number && number[0] >= other[0])) return number;
    return other;
  }

  extent(): readonly [number, number] | null {
    const everything = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const;
    const first = this.page(...everything, 1)[0];
    const last = this.lastUntil(Number.MAX_SAFE_INTEGER - 1);
    return first && last ? [first[0], last[0]] : null;
  }

  extremes(from: number, end: number, level = ROLLUP_LEVELS.length - 1): Extremes | null {
    const size = ROLLUP_LEVELS[level];
    if (size === undefined) return this.finestExtremes(from, end);
    const first = Math.ceil(from / size) * size;
    const last = bucketOf(Math.min(end, this.settings.rolledUntil), size);
    if (first >= last) return this.extremes(from, end, level - 1);
    const { rolledMin, rolledMax } = this.read;
    return outermost([
      from < first ? this.extremes(from, first, level - 1) : null,
      extremesOf(
        rolledMin.get(size, this.metric, first, last),
        rolledMax.get(size, this.metric, first, last),
      ),
      last < end ? this.extremes(last, end, level - 1) : null,
    ]);
  }

  countOthers(from: number, end: number, limit: number): number {
    return Number(this.read.countOthers.get(this.metric, from, end, limit)?.count);
  }

  lastOther(from: number, end: number): HistoryPoint | null {
    return pointsOf(this.read.lastOther.all(this.metric, from, end))[0] ?? null;
  }

  gaps(to: number): Gap[] {
    const spans = this.read.spans
      .all(to)
      .map(({ begun, ended }) => ({ from: Number(begun), to: Number(ended) }));
    return gapsBetween(spans, to);
  }

  private kept(from: number): number {
    return Math.max(from, this.settings.keptSince);
  }

  private finestExtremes(from: number, end: number): Extremes | null {
    const range = [this.metric, this.kept(from), end] as const;
    const rolled = this.rolledPoints(from, Math.min(end, this.settings.keptSince), -1).map(([at, value]) => ({
      minAt: at,
      min: Number(value),
      maxAt: at,
      max: Number(value),
    }));
    return outermost([...rolled, extremesOf(this.read.min.get(...range), this.read.max.get(...range))]);
  }

  private rolledPoints(from: number, end: number, limit: number): HistoryPoint[] {
    if (from >= end) return [];
    const rows = this.read.rollups.all(MINUTE_MS, this.metric, bucketOf(from, MINUTE_MS), end, limit);
    return rows.flatMap(pointsOfRollup).filter(([at]) => at >= from && at < end);
  }

  private lastNumber(at: number): HistoryPoint | null {
    const [kept] = pointsOf(this.read.lastNumber.all(this.metric, this.settings.keptSince, at + 1));
    if (kept) return kept;
    const end = Math.min(at + 1, this.settings.keptSince);
    const rows = this.read.lastRollups.all(MINUTE_MS, this.metric, Number.MIN_SAFE_INTEGER, end);
    const before = rows.flatMap(pointsOfRollup).filter((point) => point[0] < end);
    return before.sort(([a], [b]) => b - a)[0] ?? null;
  }
}

function pointsOf(rows: readonly Readonly<Record<string, unknown>>[]): HistoryPoint[] {
  return rows.map(({ at, value }) => [Number(at), storedValue(value)]);
}

function storedValue(value: unknown) {
  return typeof value === "number" || value === null ? value : readText(value);
}

function pointsOfRollup(row: unknown): HistoryPoint[] {
  return rollupPoints(rollupFrom(row as RollupRow));
}

type Row = Readonly<Record<string, unknown>> | undefined;

function extremesOf(min: Row, max: Row): Extremes | null {
  if (typeof min?.value !== "number" || typeof max?.value !== "number") return null;
  return { minAt: Number(min.at), min: min.value, maxAt: Number(max.at), max: max.value };
}

function outermost(parts: readonly (Extremes | null)[]): Extremes | null {
  return parts.reduce((a, b) => {
    if (a === null || b === null) return a ?? b;
    const [min, max] = [a.min <= b.min ? a : b, a.max >= b.max ? a : b];
    return { minAt: min.minAt, min: min.min, maxAt: max.maxAt, max: max.max };
  }, null);
}
