import type { HistoryPoint, HistoryRange } from "../../protocol/history.js";
import type { ClockReading } from "./confirmedClock.js";
import type { MetricHistory } from "./metricHistory.js";
import type { Observation } from "./observation.js";

/** A change as it is exported and imported. */
export interface HistoryRow {
  readonly metric: string;
  readonly point: HistoryPoint;
}

/** What became of an imported row; `differs` where the same moment has another value already. */
export type Imported = "added" | "known" | "differs";

/** Where a history is kept: SQLite, or memory where there is none. */
export interface HistoryStore {
  /** When it returns, the observation is kept. */
  record(observation: Observation): void;
  /** `null` where nothing is known of it. */
  metric(id: string): MetricHistory | null;
  /** Ids of all metrics, those that came first before the others. */
  metrics(): readonly string[];
  /** The times that were observed, by their beginning. */
  spans(range: HistoryRange): HistoryRange[];
  /** All of the rows, or none where it throws. */
  importRows(rows: readonly HistoryRow[], spans: readonly HistoryRange[]): ImportOutcome;
  /**
   * Rolls up and drops what has become old, a small part with each call.
   * @param retentionMs kept to from now on; `null` for what was kept to last
   * @returns whether more is left
   */
  maintain(clock: ClockReading, retentionMs: number | null): boolean;
  size(): { readonly bytes: number; readonly rows: number };
  close(): void;
}

export interface ImportOutcome {
  readonly rows: readonly Imported[];
  readonly spans: readonly Imported[];
}
