import type { DatabaseSync } from "node:sqlite";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A year in which 20 metrics, `metric1` to `metric20`, changed every minute, as the history keeps it. */
export const YEAR_METRICS = 20;

/** @param begin epoch milliseconds; the database has the history's tables, and nothing in them */
export function fillYear(database: DatabaseSync, begin: number): void {
  for (let metric = 1; metric <= YEAR_METRICS; metric++) fillMetric(database, metric, begin);
  database.exec(`INSERT INTO span (begun, ended, imported) VALUES (${begin}, ${begin + 365 * DAY}, 0);
    INSERT INTO setting VALUES ('rolledUntil', '${begin + 365 * DAY}'), ('keptSince', '${begin + 365 * DAY}')`);
}

function fillMetric(database: DatabaseSync, metric: number, begin: number): void {
  database.exec(`INSERT INTO metric (id, name) VALUES (${metric}, 'metric${metric}')`);
  for (const size of [MINUTE, 60 * MINUTE, DAY]) {
    const value = `(i * 7919 + ${metric}) % 10007`;
    database.exec(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${(365 * DAY) / size - 1})
      INSERT INTO rollup SELECT ${size}, ${metric}, ${begin} + i * ${size}, 0, ${value}, 3, ${value}, 1, ${value} - 1,
        2, ${value} + 1, ${size / MINUTE} FROM n`);
  }
}
