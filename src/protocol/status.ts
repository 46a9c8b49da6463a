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
  readonly trigger: EmissionTrigger;
  /** Time to collect, in milliseconds. */
  readonly collectMs: number;
  readonly changes: readonly MetricChange[];
}

/** How many entries the feed holds. */
export const FEED_LENGTH = 3;

/** The emitter's own figures, as the report names them. */
interface EmitterMetrics {
  readonly isActive: boolean;
  /** Seconds since the stream began. */
  readonly uptime: number;
  readonly totalEmissions: number;
  readonly failedEmissions: number;
  readonly connectedClients: number;
  /** UTC, ISO 8601. */
  readonly startTime: string;
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
