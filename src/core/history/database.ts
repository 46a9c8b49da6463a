import { existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname, parse } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { isForeign, MIGRATIONS, migrate, NewerDatabase, pragma } from "./schema.js";

type Sqlite = typeof import("node:sqlite");

/** How long (ms) another process' lock is waited for. */
const BUSY_MS = 1_000;

/** A larger file (bytes) is not read as a whole before it is used: that would take seconds. Damage shows when it is met. */
const CHECKED_BYTES = 256 * 1024 * 1024;

/** SQLite's result codes (sqlite.org/rescode.html). */
const ERROR = 1;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** What SQLite keeps beside a database. */
const COMPANIONS = ["", "-wal", "-shm", "-journal"];

/** The file is not a history, or a damaged one. */
export class DamagedDatabase extends Error {}

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** Absolute path. */
  readonly file: string;
  /** The file's number on its disk, which tells whether it is still the same. */
  readonly inode: number;
}

/**
 * Opens a history for this connection alone, or begins one. A file of a newer version is left as it is, and one beside it
 * is used.
 * @param onNewer told the names of both
 */
export function openDatabase(
  sqlite: Sqlite,
  file: string,
  onNewer: (newer: string, used: string) => void,
): OpenedDatabase {
  mkdirSync(dirname(file), { recursive: true });
  const database = new sqlite.DatabaseSync(file);
  try {
    // One connection, which no other can come beside: the lock is kept from the first read to the end.
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA locking_mode = EXCLUSIVE;`);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    if (isForeign(database)) throw new DamagedDatabase("another program's database");
    if (statSync(file).size <= CHECKED_BYTES) {
      const verdict = pragma(database, "quick_check(1)");
      if (verdict !== "ok") throw new DamagedDatabase(String(verdict));
    }
    migrate(database);
    return { database, file, inode: statSync(file).ino };
  } catch (error) {
    closeQuietly(database);
    if (!(error instanceof NewerDatabase)) throw error;
    const { dir, name, ext } = parse(file);
    const own = `${dir}/${name}-v${MIGRATIONS.length}${ext}`;
    if (own === file) throw error;
    onNewer(file, own);
    return openDatabase(sqlite, own, onNewer);
  }
}

/** Whether the file on disk is still the one that was opened; one that was deleted takes writes without a word. */
export function isInPlace({ file, inode }: OpenedDatabase): boolean {
  return statSync(file, { throwIfNoEntry: false })?.ino === inode;
}

export function closeQuietly(database: DatabaseSync): void {
  try {
    database.close();
  } catch {
    // What could not be written at the end is in the journal, and was never acknowledged if it is not.
  }
}

/**
 * Whether an error means that the file itself is bad, so that waiting cures nothing.
 * @param opening whether it was just being opened: a statement that fails then misses its table
 */
export function isDamage(error: unknown, opening: boolean): boolean {
  const code = resultCode(error);
  return (
    error instanceof DamagedDatabase ||
    code === CORRUPT ||
    code === NOT_A_DATABASE ||
    (opening && code === ERROR)
  );
}

/** SQLite's primary result code; -1 where the error is not SQLite's. */
export function resultCode(error: unknown): number {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === "number" ? code & 0xff : -1;
}

/**
 * Moves a damaged history out of the way, with what belongs to it.
 * @param now epoch milliseconds, for its new name
 * @returns the new path
 */
export function setAside(file: string, now: number): string {
  const { dir, name, ext } = parse(file);
  const date = new Date(now).toISOString().replaceAll(":", "-");
  const aside = `${dir}/${name}.damaged-${date}${ext}`;
  for (const companion of COMPANIONS) {
    if (existsSync(file + companion)) renameSync(file + companion, aside + companion);
  }
  return aside;
}
