/** The Socket.IO events, one map a direction. */
import type { Alert } from "./alerts.js";
import type { StreamHealth } from "./health.js";
import type { Commit, HistorySeries } from "./history.js";
import type { Snapshot } from "./snapshot.js";
import type { StreamStatus } from "./status.js";

/** Every code that a refusal can carry, over HTTP and in acknowledgements. */
export type ErrorCode =
  | "BAD_REQUEST"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "METHOD_NOT_ALLOWED"
  | "PAYLOAD_TOO_LARGE"
  | "RATE_LIMITED"
  | "UNAVAILABLE"
  | "COLLECTION_FAILED";

export interface Refusal {
  readonly ok: false;
  readonly error: { readonly code: ErrorCode; readonly message: string };
}

export type Reply<T> = ({ readonly ok: true } & T) | Refusal;
type Acknowledge<T> = (reply: Reply<T>) => void;

export interface ServerToClientEvents {
  fusionUpdate: (snapshot: Snapshot) => void;
  fusionStatus: (status: StreamStatus) => void;
  /** An alert that begins to fire or ends. A client too slow to be told each gets the last ones. */
  fusionAlert: (alert: Alert) => void;
  /**
   * All alerts that fire, the most urgent first, then those that are over, the last one first: on connection, and when
   * something in the list changes, such as a mute.
   */
  fusionAlerts: (alerts: readonly Alert[]) => void;
  /** Why the server disconnects the client right after this: its token expired or was revoked. */
  fusionEnd: (reason: Refusal) => void;
}

export interface ClientToServerEvents {
  fusionRefresh: (acknowledge: Acknowledge<{ data: Snapshot }>) => void;
  /** How the stream is doing, with a row for each source. */
  fusionHealth: (acknowledge: Acknowledge<{ data: StreamHealth }>) => void;
  fusionInterval: (
    request: { minutes: number },
    acknowledge: Acknowledge<{ interval: { minutes: number } }>,
  ) => void;
  fusionHistory: (request: HistoryRequest, acknowledge: Acknowledge<{ data: HistorySeries }>) => void;
  /** The commits of the folder's repository; for tokens that see every metric. */
  fusionCommits: (
    request: RangeRequest,
    acknowledge: Acknowledge<{ data: { commits: readonly Commit[] } }>,
  ) => void;
}

/** Epoch milliseconds or ISO 8601 with its zone, both ends included; the last 24 hours where left out. */
interface RangeRequest {
  readonly from?: number | string;
  readonly to?: number | string;
}

interface HistoryRequest extends RangeRequest {
  readonly metric: string;
  /** 1 to 5,000; 500 where left out. */
  readonly points?: number;
}

/** What a token lets its holder do; each scope holds those before it. */
export const SCOPES = ["read", "refresh", "control"] as const;
export type Scope = (typeof SCOPES)[number];
