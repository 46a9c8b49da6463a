import type { Server, Socket } from "socket.io";
import type { Alert } from "../protocol/alerts.js";
import type { ClientToServerEvents, Refusal } from "../protocol/events.js";
import type { StreamStatus } from "../protocol/status.js";
import type { Claims } from "./tokens.js";
import type { SnapshotView } from "./views.js";

/** The protocol's events, with a snapshot as the client's token lets it be seen. */
interface EmittedEvents {
  fusionUpdate: (snapshot: SnapshotView) => void;
  fusionStatus: (status: StreamStatus) => void;
  fusionAlert: (alert: Alert) => void;
  fusionAlerts: (alerts: readonly Alert[]) => void;
  fusionEnd: (reason: Refusal) => void;
}

interface ClientData {
  claims: Claims;
}

export type FusionIo = Server<ClientToServerEvents, EmittedEvents, Record<string, never>, ClientData>;
export type FusionSocket = Socket<ClientToServerEvents, EmittedEvents, Record<string, never>, ClientData>;
