import type { DatabaseSync } from "node:sqlite";
import {
  bucketOf,
  MINUTE_MS,
  mergeRollups,
  type NumberPoint,
  ROLLUP_LEVELS,
  type Rollup,
  rollupKnows,
  rollupOf,
} from "./rollup.js";

/** A row as SQLite gives it. */
export interface RollupRow {
  readonly bucket: number;
  readonly first_at: number;
  readonly first: number;
  readonly last_at: number;
  readonly last: number;
  readonly min_at: number;
  readonly min: number;
  readonly max_at: number;
  readonly max: number;
  readonly count: number;
}

export function rollupFrom(row: RollupRow): Rollup {
  const { bucket, first, last, min, max, count } = row;
  const at = { firstAt: bucket + row.first_at, lastAt: bucket + row.last_at };
  return {
    bucket,
    ...at,
    minAt: bucket + row.min_at,
    maxAt: bucket + row.max_at,
    first,
    last,
    min,
    max,
    count,
  };
}

/** The rollups of all metrics and sizes. */
export class RollupTable {
  private readonly find;
  private readonly put;

  constructor(database: DatabaseSync) {
    this.find = database.prepare("SELECT * FROM rollup WHERE size = ? AND metric = ? AND bucket = ?");
    this.put = database.prepare("INSERT OR REPLACE INTO rollup VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  /** Adds changes that the rollups do not hold yet. */
  add(metric: number, points: Iterable<NumberPoint>): void {
    const pending = ROLLUP_LEVELS.map((size) => ({ size, rollups: new Map<number, Rollup>() }));
    for (const point of points) {
      for (const { size, rollups } of pending) {
        const rollup = rollupOf(point, size);
        const before = rollups.get(rollup.bucket);
        rollups.set(rollup.bucket, before ? mergeRollups(before, rollup) : rollup);
      }
    }
    for (const { size, rollups } of pending)
      for (const rollup of rollups.values()) this.merge(size, metric, rollup);
  }

  /** Whether the finest rollup tells of such a change already. */
  knows(metric: number, point: NumberPoint): boolean {
    const row = this.find.get(MINUTE_MS, metric, bucketOf(point[0], MINUTE_MS));
    return row !== undefined && rollupKnows(rollupFrom(row as unknown as RollupRow), point);
  }

  private merge(size: number, metric: number, rollup: Rollup): void {
    const row = this.find.get(size, metric, rollup.bucket);
    const { bucket, firstAt, first, lastAt, last, minAt, min, maxAt, max, count } = row
      ? mergeRollups(rollupFrom(row as unknown as RollupRow), rollup)
      : rollup;
    const ends = [firstAt - bucket, first, lastAt - bucket, last] as const;
    this.put.run(size, metric, bucket, ...ends, minAt - bucket, min, maxAt - bucket, max, count);
  }
}
