/** The Socket.IO events, one map a direction. */
import type { Alert } from "./alerts.js";
import type { Commit } from "./commits.js";
import type { HistoryQuery, HistoryRange, HistorySeries } from "./history.js";
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
  /** Every alert there is: on connection, and when one changes. */
  fusionAlerts: (alerts: readonly Alert[]) => void;
}

export interface ClientToServerEvents {
  fusionRefresh: (acknowledge: Acknowledge<{ data: Snapshot }>) => void;
  fusionInterval: (
    request: { minutes: number },
    acknowledge: Acknowledge<{ interval: { minutes: number } }>,
  ) => void;
  fusionHistory: (query: HistoryQuery, acknowledge: Acknowledge<{ data: HistorySeries }>) => void;
  fusionCommits: (
    range: HistoryRange,
    acknowledge: Acknowledge<{ data: { commits: readonly Commit[] } }>,
  ) => void;
}

/** What a token lets its holder do; each scope holds those before it. */
export const SCOPES = ["read", "refresh", "control"] as const;
export type Scope = (typeof SCOPES)[number];
