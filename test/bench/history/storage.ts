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
import type { Idle } from "../processes/idle.js";
import { benchmark } from "../support/benchmark.js";
import { type LongestBlock, LoopWatch } from "../support/loopWatch.js";
import { Remote } from "../support/remote.js";
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
 * What the loop's thread computes for a query and the encoding of its answer, how long that keeps the loop from its next
 * turn, and a query's whole time. The loop's own are measured with the most points that a client gets.
 */
async function loop(): Promise<void> {
  await withStore(async (place) => {
    const database = await opened(place);
    fillYear(database, BEGIN);
    database.close();
    const idle = new Remote<Idle>("processes/idle");
    try {
      const history = place.history();
      const ask = async (round: number, points: number) =>
        JSON.stringify(await history.query(yearQuery(round, points)));
      const watch = new LoopWatch();
      const blocks: LongestBlock[] = [];
      const idleBlocks: LongestBlock[] = [];
      // The very first query starts the worker. The same queries again tell their own blocks from the machine's.
      for (let repeated = 0; repeated < ROUNDS; repeated++) {
        await idle.ask("watch");
        watch.start();
        for (let round = 0; round < QUERIES; round++) await ask(round, MAX_HISTORY_POINTS);
        blocks.push(watch.stop());
        idleBlocks.push(await idle.ask("longestBlock"));
      }
      const busy: number[] = [];
      for (let round = 0; round < QUERIES; round++) {
        const before = threadCpuMs();
        await ask(round, MAX_HISTORY_POINTS);
        busy.push(threadCpuMs() - before);
      }
      const answers: number[] = [];
      for (let round = 0; round < QUERIES; round++) {
        const begun = performance.now();
        await ask(round, DEFAULT_HISTORY_POINTS);
        answers.push(performance.now() - begun);
      }
      const figure = (name: string, value: number, bound: number | null) =>
        note({ name, value, bound, unit: "ms" });
      figure("the loop's CPU for any range of a year of minutes", percentile(busy, 99), 5);
      const ran = blocks.map((block) => block.ran);
      figure(
        `the longest block of the loop by ${QUERIES} queries, median of ${ROUNDS}`,
        percentile(ran, 50),
        10,
      );
      figure("the longest block of the loop by any query", Math.max(...ran), null);
      // The worker computes meanwhile: where processors are scarce, the loop waits for one, as any process does.
      figure("the same by the clock", Math.max(...blocks.map((block) => block.elapsed)), null);
      figure(
        "the same of an idle process meanwhile",
        Math.max(...idleBlocks.map((block) => block.elapsed)),
        null,
      );
      figure("a query over any range of a year of minutes, p95", percentile(answers, 95), 100);
    } finally {
      await idle.stop();
    }
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
