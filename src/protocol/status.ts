import type { HistoryState } from "./history.js";
import type { EmissionTrigger, MetricValue, ValueDisplay } from "./snapshot.js";

/** One metric's change from one emission to the next. */
export interface MetricChange extends ValueDisplay {
  readonly metric: string;
  readonly label: string;
  readonly from: MetricValue;
  readonly to: MetricValue;
}

/** One line of the feed: an emission and what it changed. */
export interface FeedEntry {
  readonly sequence: number;
  readonly timestamp: string;
  /** `firstReading`: nothing changed but values that were late, or that are new here. */
  readonly trigger: EmissionTrigger | "firstReading";
  /** Time to collect, in milliseconds. */
  readonly collectMs: number;
  readonly changes: readonly MetricChange[];
}

/** How many entries the feed holds. */
export const FEED_LENGTH = 3;

/** Of the last measurements, in milliseconds; `null` before the first. */
export interface Percentiles {
  readonly p50: number | null;
  readonly p95: number | null;
}

/** The emitter's own figures, as the report names them. */
export interface EmitterMetrics {
  readonly isActive: boolean;
  /** Seconds since the stream began. */
  readonly uptime: number;
  readonly totalEmissions: number;
  readonly failedEmissions: number;
  readonly connectedClients: number;
  /** UTC, ISO 8601. */
  readonly startTime: string;
  /** Time to collect, of the last emissions. */
  readonly collectMs: Percentiles;
  /** Time from collected to handed to the socket of every client that is ready, of the last emissions. */
  readonly emitMs: Percentiles;
}

/** Payload of `fusionStatus`: sent on connection and whenever something in it changes. */
export interface StreamStatus {
  readonly interval: { readonly minutes: number };
  /** When the interval's next emission is due (UTC, ISO 8601); `null` while stopped. */
  readonly nextEmissionAt: string | null;
  readonly metrics: EmitterMetrics;
  /** The last emissions, newest first. */
  readonly feed: readonly FeedEntry[];
  /** How the history is kept now; `null` where there is none yet. */
  readonly history: HistoryState | null;
}
