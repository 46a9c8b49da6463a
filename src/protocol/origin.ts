/** How a metric's value came about, in the terms of whoever declared it: plain data, so that every client can tell it. */

/** How the values that a source gives become the metric's one value. `progress` is the share of ticked boxes in percent. */
export const AGGREGATES = ["last", "first", "count", "sum", "avg", "min", "max", "progress"] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** Which values count and what was made of them; what says nothing is left out. */
export interface ValueSelection {
  /** JMESPath. */
  readonly query?: string;
  /** A column's name. */
  readonly column?: string;
  /** A regular expression over each line. */
  readonly match?: string;
  /** Left out where the one value there is counts, or the last of a document's list. */
  readonly aggregate?: Aggregate;
  /** What the value was multiplied by. */
  readonly scale?: number;
}

/** How a built-in data file is read. */
export type BuiltInRule =
  /** A field's own value. */
  | "field"
  /** The length of a list. */
  | "length"
  /** The sum over the divisions of an index. */
  | "divisions"
  /** The newest line of a log that names a status. */
  | "newestStatus"
  /** The mean progress of projects, in percent. */
  | "meanProgress"
  /** Messages of the last 24 hours. */
  | "messagesInDay";

/** Paths and globs are relative to the workspace folder, with `/`. */
export type ValueOrigin =
  | ({ readonly kind: "file"; readonly file: string } & ValueSelection)
  /** `field`: its path from the document's root, with dots. */
  | { readonly kind: "builtIn"; readonly rule: BuiltInRule; readonly field?: string }
  /** The number of files that match. */
  | { readonly kind: "files"; readonly glob: string; readonly scale?: number }
  /** Commits within this time (ms) on HEAD's history; with `remote`, on that remote's default branch as GitHub has it. */
  | { readonly kind: "git"; readonly sinceMs: number; readonly remote?: string; readonly scale?: number }
  /** An address without its parameters, which may hold what is nobody else's concern. */
  | ({ readonly kind: "url"; readonly url: string } & ValueSelection)
  /** Another extension gives the value: by its display name, and the metric's name without the extension's id. */
  | { readonly kind: "extension"; readonly extension: string; readonly name: string };
