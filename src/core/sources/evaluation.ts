/** The work that is done off the event loop: decoding, parsing, queries and regular expressions of the user's. */
import type { ParsedConfig } from "../config/fusionConfig.js";
import type { Selection } from "../config/metricDefinition.js";
import type { Discovery } from "../discovery/entry.js";
import type { LabelWords } from "../discovery/labelWords.js";
import type { LineMatches } from "../discovery/lineMatches.js";
import type { LineUse } from "../discovery/lineUse.js";
import type { FileFormat, LineFormat } from "../formats/fileFormat.js";
import type { Reading } from "./source.js";
import type { TextEncoding } from "./textEncoding.js";

/** A file of the user's, read as a whole. */
export interface WholeTask {
  readonly kind: "whole";
  readonly format: FileFormat;
  readonly bytes: Uint8Array;
  readonly selections: readonly Selection[];
}

/** Further lines of a log of the user's. */
export interface LinesTask {
  readonly kind: "lines";
  readonly format: LineFormat;
  readonly bytes: Uint8Array;
  readonly encoding: TextEncoding;
  readonly selections: readonly Selection[];
  /** How far each selection has come, as an earlier task gave it; `null` at the beginning. */
  readonly states: readonly unknown[] | null;
  /** Lines read before these. */
  readonly linesBefore: number;
  /** How many of the bytes are lines that will not change any more: up to the end of one. */
  readonly complete: number;
  /** Whether the line behind these, which has no end yet, counts in the values all the same. */
  readonly lastLineCounts: boolean;
}

/** A line of a log of the user's that is longer than what is read at once: it is left out, and told of. */
export interface LongLineTask extends Pick<LinesTask, "format" | "selections" | "states" | "linesBefore"> {
  readonly kind: "longLine";
}

/** The built-in data files that are one document of JSON. */
export type JsonReading = "memoIndex" | "revenueSnapshot" | "recommendations" | "projectProgress";

/** Those that are logs, read from their end. */
export type LogReading = "driveSyncLog" | "chatActivity";

interface JsonDataTask {
  readonly kind: "data";
  readonly reading: JsonReading;
  readonly bytes: Uint8Array;
  readonly tail: null;
}

export interface LogDataTask {
  readonly kind: "data";
  readonly reading: LogReading;
  /** Of the log's end. */
  readonly bytes: Uint8Array;
  readonly tail: TailPlace;
}

/** A built-in data file. */
export type DataTask = JsonDataTask | LogDataTask;

export interface TailPlace {
  /** Of the whole log. */
  readonly encoding: TextEncoding;
  /** Whether the bytes begin with the log's first. */
  readonly fromStart: boolean;
  /** Whether no more of the log will be read. */
  readonly longest: boolean;
  /** For how long (ms) nobody has written. */
  readonly restMs: number;
}

/** The text of `fusion.json`. */
export interface ConfigTask {
  readonly kind: "config";
  readonly text: string;
}

/** What of a file is looked through for what a metric could show. */
interface LookedThrough {
  readonly bytes: Uint8Array;
  /** Of the whole file. */
  readonly encoding: TextEncoding;
  /** Whether the bytes begin with the file's first; else they begin anywhere in a line. */
  readonly fromStart: boolean;
  /** For the labels of what is suggested. */
  readonly words: LabelWords;
}

/** A file in which somebody looks for a metric. */
export interface DiscoveryTask extends LookedThrough {
  readonly kind: "discovery";
  /** Relative to the workspace folder, with `/`. */
  readonly file: string;
  readonly format: FileFormat;
}

/** A log of which somebody selected a piece of a line. */
export interface MatchTask extends LookedThrough {
  readonly kind: "match";
  readonly use: LineUse;
}

export type EvaluationTask =
  | DiscoveryTask
  | MatchTask
  | WholeTask
  | LinesTask
  | LongLineTask
  | DataTask
  | ConfigTask;

/** What each kind of task gives. */
interface Evaluations {
  readonly discovery: Discovery;
  readonly match: LineMatches;
  readonly whole: Evaluation;
  readonly lines: LinesEvaluation | null;
  readonly longLine: LinesEvaluation | null;
  readonly config: ParsedConfig;
}
export type EvaluationOf<Task extends EvaluationTask> = Task extends DataTask
  ? // Of a log, `null` where that much of its end is not enough.
    Task extends LogDataTask
    ? Reading | null
    : Reading
  : Evaluations[Exclude<Task["kind"], "data">];

/** A selection's value, or why it has none. */
export type Evaluated =
  | {
      readonly ok: true;
      readonly value: number | string;
      readonly line: number | null;
      /** What was left out of the value, in a sentence with its line; `null` where nothing was. */
      readonly warning: string | null;
    }
  | { readonly ok: false; readonly reason: string; readonly line: number | null };

interface Evaluation {
  readonly values: readonly Evaluated[];
  /** Tells the content apart from any other. */
  readonly content: string;
}

/** `null` in its place where the states before are damaged, so that nothing was evaluated. */
interface LinesEvaluation {
  readonly values: readonly Evaluated[];
  /** After the complete lines. */
  readonly states: readonly unknown[];
  /** Complete lines read, those before included. */
  readonly lines: number;
}
