/** The history of a metric, as it is asked for and answered. */
import type { MetricValue } from "./snapshot.js";

/** Points of an answer where the question names no number. */
export const DEFAULT_HISTORY_POINTS = 500;

/** The most points that a client is answered with. */
export const MAX_HISTORY_POINTS = 5_000;

/** How long (days) rollups, texts and gaps are kept where nothing else is said. */
export const DEFAULT_RETENTION_DAYS = 400;

/** Single changes are kept for 48 hours whatever is said, so that less would mean nothing. */
const MIN_RETENTION_DAYS = 2;
/** A hundred years. */
const MAX_RETENTION_DAYS = 36_500;

/** Whether something is a number of days that a history can be kept for. */
export function isRetention(days: unknown): days is number {
  return Number.isInteger(days) && Number(days) >= MIN_RETENTION_DAYS && Number(days) <= MAX_RETENTION_DAYS;
}

/** Which part of a metric's history is wanted; times are epoch milliseconds, both ends included. */
export interface HistoryQuery {
  readonly metric: string;
  readonly from: number;
  readonly to: number;
  /** At most so many points, 1 or more. */
  readonly points?: number;
}

/** Epoch milliseconds, and the value from then on until the next point; `null` from where it is not known. */
export type HistoryPoint = readonly [at: number, value: MetricValue];

/**
 * The answer, in the order of time. The first point may stand at `from` with the value that held there already.
 * Where there are more changes than points, every part of the range keeps its minimum and maximum.
 */
export interface HistorySeries {
  readonly metric: string;
  readonly from: number;
  readonly to: number;
  readonly points: readonly HistoryPoint[];
}

/** The files that a history is written to and read from. */
export type HistoryFormat = "csv" | "json";

/** Epoch milliseconds, both ends included. */
export interface HistoryRange {
  readonly from: number;
  readonly to: number;
}

/** What an import did. */
export interface HistoryImport {
  /** Rows that are new. */
  readonly added: number;
  /** Rows that were there already. */
  readonly known: number;
  readonly refused: number;
  /** The first refusals (100 at most), each with its line, counted from 1, and why. */
  readonly refusals: readonly { readonly line: number; readonly reason: string }[];
}

/** How the history is kept now: in its file, in memory because there is no SQLite, or waiting for its storage. */
export type HistoryState = "stored" | "memory" | "waiting";

export interface HistoryStats {
  readonly state: HistoryState;
  /** What is wrong, in a sentence; `null` where nothing is. */
  readonly trouble: string | null;
  /** Of the file and its journal; 0 in memory. */
  readonly bytes: number;
  /** Changes kept one by one. */
  readonly rows: number;
}

/** A commit of the followed folder's repository. */
export interface Commit {
  /** Epoch milliseconds; git counts in whole seconds. */
  readonly time: number;
  readonly hash: string;
  /** The first line of its message. */
  readonly subject: string;
}

/** Commits of an answer at most: the newest. */
export const MAX_COMMITS = 500;
