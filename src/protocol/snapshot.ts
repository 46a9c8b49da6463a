/** The snapshot: everything Fusion knows at one moment. Immutable, numbered and complete. */
import type { ValueOrigin } from "./origin.js";

/** State of the drive sync, read from its log; `UNKNOWN` where the log has lines but none names a state. */
export type DriveSyncStatus = "OK" | "WARN" | "ERROR" | "SYNCING" | "UNKNOWN";

/** How a metric's value is displayed. `duration` is in seconds, `date` an ISO 8601 text, `percent` 0–100. */
export type MetricFormat = "number" | "currency" | "percent" | "bytes" | "duration" | "date" | "text";

/** A value that cannot be had is `null`: never 0, "" or a guess. */
export type MetricValue = number | string | null;

/** Where a value stands: a path relative to the workspace folder, with `/`, and a line counted from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number | null;
}

/** How a value is written for people. */
export interface ValueDisplay {
  readonly format: MetricFormat;
  /** A unit's symbol, or for `currency` the ISO 4217 code. */
  readonly unit: string | null;
  readonly prefix?: string;
  readonly suffix?: string;
  /** Digits after the decimal point, 0 to 20; without it, as many as the value has. */
  readonly decimals?: number;
  /** Set where values are shown while privacy mode hides them; never by a stream. */
  readonly concealed?: true;
}

/** Just how a value is written, of something that says more. */
export function valueDisplay({ format, unit, prefix, suffix, decimals }: ValueDisplay): ValueDisplay {
  return {
    format,
    unit,
    ...(prefix === undefined ? {} : { prefix }),
    ...(suffix === undefined ? {} : { suffix }),
    ...(decimals === undefined ? {} : { decimals }),
  };
}

export interface Metric extends ValueDisplay {
  readonly value: MetricValue;
  readonly label: string;
  /** A codicon's name or an emoji. */
  readonly icon: string | null;
  /** Whether the source could be read just now. */
  readonly available: boolean;
  /** When the value last changed (UTC, ISO 8601); of a value that has not, when it was first seen. */
  readonly changedAt: string | null;
  /** The value before its last change; `null` where it has not changed since the stream began. */
  readonly previous: MetricValue;
  /** Whether the value is the last good one of a source that cannot be read now. */
  readonly stale: boolean;
  /** When it was found to be (UTC, ISO 8601); `null` where it is not. */
  readonly staleSince: string | null;
  /** Which file, where and why, in a sentence; `null` where all is well. */
  readonly error: string | null;
  readonly source: SourceLocation | null;
  /** How the value came about; `null` where nothing of a built-in file was read yet. */
  readonly origin: ValueOrigin | null;
  /** When its source was last looked at, with a good or a bad end (UTC, ISO 8601); `null` before the first time. */
  readonly readAt: string | null;
}

export type InsightPriority = "high" | "medium" | "low";

/** One recommendation of the agent's list, in the file's order. */
export interface Insight {
  readonly id: string;
  readonly title: string;
  /** `null` where the file names none, or one that is not known. */
  readonly priority: InsightPriority | null;
  readonly description: string | null;
  readonly source: SourceLocation;
}

export interface SourceHealth {
  readonly memoIndexAvailable: boolean;
  readonly revenueAvailable: boolean;
  readonly recommendationsAvailable: boolean;
  readonly driveSyncLogAvailable: boolean;
}

/** What made the stream collect. */
export type EmissionTrigger = "start" | "interval" | "file" | "refresh" | "folder";

export interface Snapshot {
  /** When it was collected (UTC, ISO 8601). */
  readonly timestamp: string;
  /** Grows by one with every snapshot of a stream. */
  readonly sequence: number;
  readonly memos: number | null;
  readonly revenue: number | null;
  readonly driveSync: DriveSyncStatus | null;
  /** Timestamp of the last successful sync, as the log wrote it. */
  readonly driveSyncLastSync: string | null;
  readonly recommendations: number | null;
  readonly health: SourceHealth;
  /** Every metric by id, the four above included. */
  readonly metrics: Readonly<Record<string, Metric>>;
  /** Ids of the metrics shown as cards, in their order. */
  readonly cards: readonly string[];
  readonly insights: readonly Insight[];
}

/** The metrics that every folder has, whether or not their files are there. */
export const BUILT_IN_METRICS = ["memos", "revenue", "driveSync", "recommendations"] as const;
