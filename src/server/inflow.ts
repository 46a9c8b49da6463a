import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Socket as EngineSocket } from "engine.io";
import { type ServerOptions, type WebSocket, WebSocketServer } from "ws";
import { queuedBytes, terminate } from "./engineConnection.js";
import { httpRefusal, refuseConnection } from "./refusal.js";

/** Packets that a client may send in a second: a person's dashboard sends a handful. */
const PACKETS_PER_SECOND = 2_000;
const WINDOW_MS = 1_000;
/** A client that asks for more than it reads may have this much waiting. */
const MAX_QUEUED_BYTES = 1 << 20;

/** Ends a connection that floods: by what comes in, or by the answers it asks for and does not read. */
export function limitInflow(conn: EngineSocket): void {
  const rate = new PacketRate();
  conn.on("packet", () => {
    if (!rate.allows() || queuedBytes(conn) > MAX_QUEUED_BYTES) terminate(conn);
  });
}

/**
 * Sets the same limits for what engine.io does not tell its connections of: control frames, which `ws` answers itself, and
 * all that comes by a WebSocket which a polling session only tries.
 */
export class LimitedWebSocketServer extends WebSocketServer {
  constructor(options: ServerOptions) {
    super(options);
    // Unheard, it would be answered by `ws`, and not as every other refusal is.
    this.on("wsClientError", ({ message }, socket) => {
      refuseConnection(socket, httpRefusal("BAD_REQUEST", `${message}.`, { "Sec-WebSocket-Version": "13" }));
    });
  }

  override handleUpgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    callback: (client: WebSocket, request: IncomingMessage) => void,
  ): void {
    super.handleUpgrade(request, socket, head, (client) => {
      limitFrames(client);
      callback(client, request);
    });
  }
}

function limitFrames(client: WebSocket): void {
  const rate = new PacketRate();
  const look = () => {
    if (!rate.allows() || client.bufferedAmount > MAX_QUEUED_BYTES) client.terminate();
  };
  client.on("message", look).on("ping", look).on("pong", look);
}

/** Counts packets in windows of one second. */
class PacketRate {
  private windowStart = performance.now();
  private count = 0;

  /** Counts a packet, and tells whether it is within the limit. */
  allows(): boolean {
    const now = performance.now();
    if (now - this.windowStart >= WINDOW_MS) {
      this.windowStart = now;
      this.count = 0;
    }
    this.count += 1;
    return this.count <= PACKETS_PER_SECOND;
  }
}
