/** Measures the history, in a Node.js with SQLite. */
import type { DatabaseSync } from "node:sqlite";
import { queryPoints } from "../../../src/core/history/query.js";
import type { SqliteStore } from "../../../src/core/history/sqliteStore.js";
import {
  DEFAULT_HISTORY_POINTS,
  type HistoryQuery,
  MAX_HISTORY_POINTS,
} from "../../../src/protocol/history.js";
import { HistoryFolder } from "../../support/historyFolder.js";
import { note, percentile } from "../figures.js";
import { benchmark } from "../support/benchmark.js";
import { fillYear, YEAR_METRICS } from "../support/yearOfMinutes.js";

const DAY = 86_400_000;
const BEGIN = Date.parse("2025-01-01T00:00:00Z");
const RAW = 1_000_000;
const METRICS = 20;
const SNAPSHOTS = 2_000;
const ROUNDS = 5;
const QUERIES = 500;
/** Days that the queries span. */
const LENGTHS = [1 / 24, 1, 7, 30, 365];

benchmark({
  "a million changes to 1,000 points, against one scan": downsampling,
  "a snapshot of 20 changes, against the bare insert": recording,
  "a year of minutes of 20 metrics": loop,
});

async function downsampling(): Promise<void> {
  await withStore(async (place) => {
    const database = await opened(place);
    database.exec(`INSERT INTO metric (name) VALUES ('a');
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${RAW - 1})
      INSERT INTO number_change SELECT 1, ${BEGIN} + i, (i * 7919) % 10007 FROM n`);
    const scan = database.prepare(
      "SELECT min(value), max(value), count(*) FROM number_change WHERE metric = 1",
    );
    const scans = times(ROUNDS, () => scan.get());
    database.close();
    const store = await place.store();
    const history = store.metric("a");
    if (!history) throw new Error("There is no metric");
    const query = { metric: "a", from: BEGIN, to: BEGIN + RAW, points: 1_000 };
    const queries = times(ROUNDS, () => queryPoints(history, query));
    store.close();
    note({
      name: "a million changes to 1,000 points, against one scan",
      unit: "ms",
      value: percentile(queries, 50),
      baseline: percentile(scans, 50),
      bound: 4,
    });
  });
}

async function recording(): Promise<void> {
  await withStore(async (place, store) => {
    const ids = Array.from({ length: METRICS }, (_, index) => `metric${index}`);
    let at = BEGIN;
    const record = () => {
      at += 1_000;
      store.record({ at, values: new Map(ids.map((id, index) => [id, at + index])) });
    };
    const bare = await bareDatabase(place.folder.resolve("bare.sqlite"));
    const insert = bare.prepare("INSERT INTO bare VALUES (?, ?, ?)");
    const insertAll = () => {
      at += 1_000;
      bare.exec("BEGIN IMMEDIATE");
      for (let metric = 0; metric < METRICS; metric++) insert.run(metric, at, at + metric);
      bare.exec("COMMIT");
    };
    times(SNAPSHOTS / 4, record);
    times(SNAPSHOTS / 4, insertAll);
    note({
      name: "a snapshot of 20 changes, against the bare insert",
      unit: "ms",
      value: percentile(times(SNAPSHOTS, record), 50),
      baseline: percentile(times(SNAPSHOTS, insertAll), 50),
      bound: 3,
    });
    bare.close();
  });
}

/**
 * What the loop's thread computes for a query and the encoding of its answer, how long one keeps the loop from its next
 * turn, and a query's whole time.
 */
async function loop(): Promise<void> {
  await withStore(async (place) => {
    const database = await opened(place);
    fillYear(database, BEGIN);
    database.close();
    const history = place.history();
    await history.stats();
    const answers: number[] = [];
    const blocks: number[] = [];
    const busy: number[] = [];
    let block = 0;
    let turn = performance.now();
    const watch = () => {
      const now = performance.now();
      block = Math.max(block, now - turn);
      turn = now;
      watching = setImmediate(watch);
    };
    let watching = setImmediate(watch);
    for (let round = 0; round < QUERIES; round++) {
      const begun = performance.now();
      block = 0;
      JSON.stringify(await history.query(yearQuery(round, DEFAULT_HISTORY_POINTS)));
      answers.push(performance.now() - begun);
      blocks.push(Math.max(block, performance.now() - turn));
    }
    // What the machine itself keeps the loop from, to judge the longest block by.
    block = 0;
    const calm = performance.now() + answers.reduce((sum, ms) => sum + ms, 0);
    while (performance.now() < calm) await new Promise((resolve) => setImmediate(resolve));
    const idle = block;
    clearImmediate(watching);
    // With the most points that a client gets; apart from the watch, which keeps the loop busy itself.
    for (let round = 0; round < QUERIES; round++) {
      const before = threadCpuMs();
      JSON.stringify(await history.query(yearQuery(round, MAX_HISTORY_POINTS)));
      busy.push(threadCpuMs() - before);
    }
    const figure = (name: string, value: number, bound: number) => note({ name, value, bound, unit: "ms" });
    figure("the loop's CPU for any range of a year of minutes", percentile(busy, 99), 5);
    figure("the longest block of the loop by a query", Math.max(...blocks), 10);
    note({ name: "the longest block of the loop without any query", value: idle, bound: null, unit: "ms" });
    figure("a query over any range of a year of minutes, p95", percentile(answers, 95), 100);
  });
}

/** One of many ranges. */
function yearQuery(round: number, points: number): HistoryQuery {
  const from = BEGIN + ((round * 37) % 300) * DAY;
  const to = Math.min(BEGIN + 365 * DAY, from + (LENGTHS[round % LENGTHS.length] ?? 1) * DAY);
  return { metric: `metric${1 + (round % YEAR_METRICS)}`, from, to, points };
}

/** Milliseconds of CPU that this thread has used: what other processes take from it does not count. */
function threadCpuMs(): number {
  // Node.js 23.9 and newer have it, and this package's types are of the floor.
  const { threadCpuUsage } = process as NodeJS.Process & { threadCpuUsage: () => NodeJS.CpuUsage };
  const { user, system } = threadCpuUsage();
  return (user + system) / 1_000;
}

/** The history's database with its tables, for filling by hand. */
async function opened(place: HistoryFolder): Promise<DatabaseSync> {
  const { DatabaseSync } = await import("node:sqlite");
  return new DatabaseSync(place.file);
}

async function bareDatabase(path: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA locking_mode = EXCLUSIVE");
  database.exec(
    "CREATE TABLE bare (metric INTEGER, at INTEGER, value REAL, PRIMARY KEY (metric, at)) WITHOUT ROWID",
  );
  return database;
}

async function withStore<T>(work: (place: HistoryFolder, store: SqliteStore) => Promise<T>): Promise<T> {
  const place = new HistoryFolder();
  try {
    const store = await place.store();
    // Only what records needs the connection; what fills the tables by hand opens its own.
    if (work.length === 1) store.close();
    const result = await work(place, store);
    if (work.length > 1) store.close();
    return result;
  } finally {
    await place.dispose();
  }
}

/** Milliseconds that each of some calls took. */
function times(count: number, work: () => unknown): number[] {
  return Array.from({ length: count }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
}
