import type { DatabaseSync } from "node:sqlite";

/** Tells a history from any other SQLite database ("FUSH"). */
const APPLICATION_ID = 0x46555348;

/**
 * The steps from an empty database to the present one. A step that was released is never changed: a new one is added.
 * Times are epoch milliseconds. Numbers stand apart from texts and `NULL` (a value that was not known): their single
 * changes are dropped after some days in favour of rollups, which the others have none of.
 */
export const MIGRATIONS: readonly string[] = [
  `PRAGMA application_id = ${APPLICATION_ID};
   CREATE TABLE metric (id INTEGER PRIMARY KEY, name NOT NULL UNIQUE);
   CREATE TABLE number_change (
     metric INTEGER NOT NULL, at INTEGER NOT NULL, value REAL NOT NULL,
     PRIMARY KEY (metric, at)
   ) WITHOUT ROWID;
   CREATE TABLE other_change (
     metric INTEGER NOT NULL, at INTEGER NOT NULL, value,
     PRIMARY KEY (metric, at)
   ) WITHOUT ROWID;
   CREATE TABLE span (
     id INTEGER PRIMARY KEY, begun INTEGER NOT NULL, ended INTEGER NOT NULL, imported INTEGER NOT NULL
   );`,
  // The times in a rollup count from its bucket's beginning, which makes them half as long on disk.
  `CREATE TABLE rollup (
     size INTEGER NOT NULL, metric INTEGER NOT NULL, bucket INTEGER NOT NULL,
     first_at INTEGER NOT NULL, first REAL NOT NULL, last_at INTEGER NOT NULL, last REAL NOT NULL,
     min_at INTEGER NOT NULL, min REAL NOT NULL, max_at INTEGER NOT NULL, max REAL NOT NULL,
     count INTEGER NOT NULL,
     PRIMARY KEY (size, metric, bucket)
   ) WITHOUT ROWID;
   CREATE TABLE setting (name TEXT PRIMARY KEY, value) WITHOUT ROWID;`,
];

/** The database was written by a newer version, whose tables are not known here. */
export class NewerDatabase extends Error {}

/**
 * Brings a database up to date, each step in a transaction of its own with its number: one that was cut short was
 * never begun.
 * @throws NewerDatabase
 */
export function migrate(database: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void {
  const version = Number(pragma(database, "user_version"));
  if (version > migrations.length) throw new NewerDatabase(`its version is ${version}`);
  for (const [index, step] of migrations.entries()) {
    if (index < version) continue;
    inTransaction(database, () => database.exec(`${step}; PRAGMA user_version = ${index + 1};`));
  }
}

/** Whether the database holds another program's tables. */
export function isForeign(database: DatabaseSync): boolean {
  const tables = Number(database.prepare("SELECT count(*) AS count FROM sqlite_schema").get()?.count);
  return tables > 0 && pragma(database, "application_id") !== APPLICATION_ID;
}

export function pragma(database: DatabaseSync, name: string): unknown {
  const row = database.prepare(`PRAGMA ${name}`).get();
  return row ? Object.values(row)[0] : undefined;
}

/** All of the work, or nothing. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    // SQLite has rolled back by itself after some errors, a full disk among them.
    try {
      database.exec("ROLLBACK");
    } catch {}
    throw error;
  }
}
