import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Socket as EngineSocket } from "engine.io";
import { Server } from "socket.io";
import type { WebSocket } from "ws";
import type { Clock } from "../core/clock.js";
import type { Refusal } from "../protocol/events.js";
import { AlertsBroadcast } from "./alertsBroadcast.js";
import type { AlertsPort } from "./alertsPort.js";
import { Broadcast } from "./broadcast.js";
import { CheckedEngine } from "./checkedEngine.js";
import { answerEvents } from "./clientEvents.js";
import { terminate } from "./engineConnection.js";
import type { FusionIo, FusionSocket } from "./events.js";
import type { HistoryPort } from "./historyPort.js";
import { LimitedWebSocketServer, limitInflow } from "./inflow.js";
import { openInProcess } from "./inProcess.js";
import { MAX_MESSAGE_BYTES } from "./messageSize.js";
import { refusal } from "./refusal.js";
import type { StreamPort } from "./streamPort.js";
import type { TokenHolders } from "./tokenHolders.js";
import type { TokenRegister } from "./tokenRegister.js";
import { type Claims, TOKEN_MESSAGES, type TokenRefusal } from "./tokens.js";
import { TOO_MANY_WRONG, type WrongTokens } from "./wrongTokens.js";

/** A connection that has not shown a token by then (ms) is closed. */
const CONNECT_TIMEOUT_MS = 10_000;

/** The Socket.IO side. Its engine is attached to nothing: the front hands over what the gate has admitted. */
export class Sockets {
  readonly engine = new CheckedEngine({
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    httpCompression: false,
    cookie: false,
    wsEngine: LimitedWebSocketServer,
  });
  private readonly io: FusionIo = new Server({ serveClient: false, connectTimeout: CONNECT_TIMEOUT_MS });
  private readonly broadcast: Broadcast;
  private readonly alertsBroadcast: AlertsBroadcast | null;
  /** What the gate read from the Authorization header of a session's first request. */
  private readonly handshakes = new WeakMap<IncomingMessage, Claims>();
  /** Connections with a client, or one whose token is being verified: a second CONNECT is a duplicate. */
  private readonly claimed = new WeakSet<object>();
  /** Connections that have shown no good token as yet, the oldest first. */
  private readonly strangers = new Set<EngineSocket>();

  constructor(
    private readonly stream: StreamPort,
    alerts: AlertsPort | null,
    private readonly tokens: Pick<TokenRegister, "verify">,
    private readonly holders: TokenHolders,
    private readonly wrongTokens: WrongTokens,
    /** What every client may do, with a token or without; `null` where a token says so. */
    private readonly anonymous: Claims | null,
    clock: Clock,
    private readonly history: HistoryPort | null,
  ) {
    this.engine.on("connection", (conn: EngineSocket) => {
      limitInflow(conn);
      if (this.handshakes.has(conn.request)) return;
      this.strangers.add(conn);
      conn.once("close", () => this.strangers.delete(conn));
    });
    this.io.bind(this.engine);
    this.broadcast = new Broadcast(stream, clock);
    this.alertsBroadcast = alerts && new AlertsBroadcast(this.io, alerts, clock);
    this.io.use((socket, next) => {
      this.authenticate(socket).then(
        (refused) => next(refused === null ? undefined : connectError(refused)),
        () => next(connectError(refusal("UNAUTHORIZED", "The token could not be verified."))),
      );
    });
    this.io.on("connection", (socket) => this.welcome(socket));
  }

  /** Keeps what the gate read until the session's CONNECT packet asks for it. */
  remember(req: IncomingMessage, claims: Claims): void {
    this.handshakes.set(req, claims);
  }

  /**
   * Ends the connection that has shown no good token for longest: whoever has none must not keep the places of those who do.
   * @returns whether there was one
   */
  makeRoom(): boolean {
    const [oldest] = this.strangers;
    if (oldest) terminate(oldest);
    return oldest !== undefined;
  }

  /** A WebSocket to the server that this is a part of, through memory; the server's gate sees it like any other. */
  connectInProcess(server: HttpServer, url: string, token: string): WebSocket {
    return openInProcess(server, url, { Authorization: `Bearer ${token}` });
  }

  /** Closes every connection, as a lost one: clients try again by themselves, until the next server is there. */
  async close(): Promise<void> {
    this.broadcast.dispose();
    this.alertsBroadcast?.dispose();
    await this.io.close();
  }

  /** `null`, or why the client is refused. The token of the CONNECT packet goes before that of the header. */
  private async authenticate(socket: FusionSocket): Promise<Refusal | null> {
    if (this.claimed.has(socket.conn)) return refusal("UNAUTHORIZED", "This connection has its client.");
    this.claimed.add(socket.conn);
    const token: unknown = socket.handshake.auth.token;
    const claims = this.anonymous ?? (token === undefined && this.handshakes.get(socket.request));
    if (claims) {
      socket.data.claims = claims;
      return null;
    }
    const verification =
      typeof token === "string"
        ? await this.tokens.verify(token)
        : ({ ok: false, reason: "invalid" } as const);
    if (verification.ok) {
      this.strangers.delete(socket.conn);
      socket.data.claims = verification.claims;
      return null;
    }
    this.claimed.delete(socket.conn);
    if (token === undefined) return refusal("UNAUTHORIZED", "A token is needed: send auth.token.");
    if (this.wrongTokens.allows()) return refusal("UNAUTHORIZED", TOKEN_MESSAGES[verification.reason]);
    // Once the refusal has gone out: a connection would carry thousands of guesses.
    setImmediate(() => socket.conn.close());
    return refusal("RATE_LIMITED", TOO_MANY_WRONG);
  }

  private welcome(socket: FusionSocket): void {
    const { claims } = socket.data;
    // Over while the client was connecting: nothing of the stream may go out to it any more.
    const over = this.holders.refusalOf(claims);
    if (over !== null) {
      end(socket, over);
      return;
    }
    answerEvents(socket, this.stream, this.history);
    this.broadcast.add(socket);
    this.alertsBroadcast?.add(socket);
    this.stream.setConnectedClients(this.broadcast.size);
    const held = this.holders.add(claims, (reason) => end(socket, reason));
    socket.once("disconnect", () => {
      held.dispose();
      this.broadcast.remove(socket);
      this.alertsBroadcast?.remove(socket);
      this.stream.setConnectedClients(this.broadcast.size);
      // What is left of the connection has no client and no token any more.
      socket.conn.close();
    });
  }
}

/** Tells a client why, then disconnects it. */
function end(socket: FusionSocket, reason: TokenRefusal): void {
  socket.emit("fusionEnd", refusal("UNAUTHORIZED", TOKEN_MESSAGES[reason]));
  socket.disconnect(true);
}

/** What the client's `connect_error` gets: the message, and as `data` a refusal like every other. */
function connectError(refused: Refusal): Error {
  return Object.assign(new Error(refused.error.message), { data: refused });
}
