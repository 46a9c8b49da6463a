import type { InsightPriority, MetricFormat, MetricValue } from "../../protocol/snapshot.js";
import type { GuardedFile } from "./guardedReader.js";

/** How a metric is shown, whatever its value. */
interface MetricShape {
  readonly label: string;
  readonly format: MetricFormat;
  /** The value's own unit, where its source names one, goes before this. */
  readonly unit: string | null;
  /** A codicon's name. */
  readonly icon: string | null;
}

interface MetricReading {
  readonly value: MetricValue;
  /** Counted from 1. */
  readonly line: number | null;
  readonly unit?: string;
}

/** One recommendation of the agent's list. */
export interface Recommendation {
  readonly id: string;
  readonly title: string;
  readonly priority: InsightPriority | null;
  readonly description: string | null;
  readonly line: number | null;
}

/** What one reading of a file gave. */
export interface Reading {
  readonly metrics: Readonly<Record<string, MetricReading>>;
  readonly recommendations?: readonly Recommendation[];
  /** Timestamp of the last successful drive sync, as the log wrote it. */
  readonly lastSync?: string | null;
  /** What the values come from: equal content is no change. */
  readonly content: Uint8Array | string;
  /** Milliseconds after which to read again though nobody wrote, as a line may by then count as complete; else `null`. */
  readonly recheckInMs: number | null;
}

/** A data file: where it is looked for, which metrics it holds and how they are read. */
export interface SourceDefinition {
  readonly name: string;
  /** Paths relative to the workspace folder; the first that exists wins. */
  readonly candidates: readonly string[];
  /** Whether the file only ever grows at its end. */
  readonly appendOnly: boolean;
  /** Every metric of the file, by id. */
  readonly metrics: Readonly<Record<string, MetricShape>>;
  /** @throws SourceError where the file holds no good value */
  read(file: GuardedFile): Promise<Reading>;
}

/** What is known of a source now. `stale`: the last good reading of a file that cannot be read at present. */
export type SourceState =
  | { readonly status: "available"; readonly file: string; readonly reading: Reading; readonly error: null }
  | { readonly status: "stale"; readonly file: string; readonly reading: Reading; readonly error: string }
  | {
      readonly status: "unavailable";
      readonly file: string | null;
      readonly reading: null;
      readonly error: string;
    };
