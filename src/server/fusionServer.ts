import { createServer, type Server } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { type Clock, systemClock } from "../core/clock.js";
import type { AlertsPort } from "./alertsPort.js";
import { Front, SOCKET_PATH } from "./front.js";
import { Gate } from "./gate.js";
import type { HistoryPort } from "./historyPort.js";
import { type Listening, LOOPBACK, listenNear } from "./listen.js";
import { Routes } from "./routes.js";
import { SocketsOnDemand } from "./socketsOnDemand.js";
import type { StreamPort } from "./streamPort.js";
import { TokenHolders } from "./tokenHolders.js";
import { type ListedToken, TokenRegister } from "./tokenRegister.js";
import type { TokenStorage } from "./tokenStorage.js";
import { ANONYMOUS } from "./tokens.js";
import { WrongTokens } from "./wrongTokens.js";

export type Authentication = "token" | "none";

export interface FusionServerOptions {
  readonly stream: StreamPort;
  /** Left out, clients are told of no alerts. */
  readonly alerts?: AlertsPort;
  /** Questions to the history are refused where it is left out. */
  readonly history?: HistoryPort;
  /** Where the keys and the list of tokens are. */
  readonly tokens: TokenStorage;
  /** The port to begin with; 0 for any. */
  readonly port: number;
  /** Asked with every request. */
  readonly allowedOrigins: () => readonly string[];
  /** `false`: nothing listens, and only `connectInProcess` connects. */
  readonly listen: boolean;
  /** `"none"`: every program on this machine that asks is served, with all rights. A token is needed if left out. */
  readonly authentication?: Authentication;
  readonly log?: (line: string) => void;
  /** Socket.IO clients at one time. */
  readonly maxClients?: number;
  /** The machine's, if left out. */
  readonly clock?: Clock;
}

export interface FusionServer {
  /** `null` where nothing listens. */
  readonly address: { readonly port: number; readonly url: string } | null;
  /** The tokens that let clients in. */
  readonly tokens: Pick<TokenRegister, "issue" | "list" | "revoke" | "revokeAll" | "onChange">;
  /** Whether a client is being served now on the strength of the listed token. */
  isInUse(token: Pick<ListedToken, "id">): boolean;
  /** A WebSocket to this server's Socket.IO, with all rights, through memory and the same gate as every other one. */
  connectInProcess(): Promise<WebSocket>;
  /** Takes a connection that came by another way than the port; what it asks passes the same gate. */
  accept(connection: Duplex): void;
  /** What a WebSocket with all rights opens with, on a connection that `accept` takes. For processes of our own. */
  entrance(): Promise<{ readonly url: string; readonly token: string }>;
  /** Refuses what is new, disconnects every client, and is over within 2 s. */
  dispose(): Promise<void>;
}

const DEFAULT_MAX_CLIENTS = 1_000;
/** The internal token never leaves this process and those of our own that it lets in, so it may outlive it: seconds of ten years. */
const INTERNAL_TOKEN_SECONDS = 10 * 365 * 24 * 60 * 60;
/** Time for an answer under way or a closing handshake (ms), before the connection is cut. */
const GRACE_MS = 1_000;

/**
 * Serves a stream over HTTP and Socket.IO on the loopback address.
 * Rejects with DamagedLedgerError where what is kept of tokens is damaged, and where no port can be bound.
 */
export async function startFusionServer(options: FusionServerOptions): Promise<FusionServer> {
  const {
    stream,
    alerts = null,
    history = null,
    maxClients = DEFAULT_MAX_CLIENTS,
    clock = systemClock,
  } = options;
  const log = options.log ?? (() => undefined);
  const tokens = await TokenRegister.open({ storage: options.tokens, clock, log });
  const holders = new TokenHolders(tokens, clock);
  const anonymous = options.authentication === "none" ? ANONYMOUS : null;
  const wrongTokens = new WrongTokens(clock);
  const server = createHttpServer(maxClients);
  const connections = trackConnections(server);
  // Nothing but the in-process connection knows port 0, where nothing listens.
  let port = 0;
  const gate = new Gate({
    port: () => port,
    allowedOrigins: options.allowedOrigins,
    tokens,
    wrongTokens,
    anonymous,
    mayAuthenticateLater: (path) => path === SOCKET_PATH,
  });
  try {
    if (options.listen) {
      const listening = await listenNear(server, options.port);
      port = listening.port;
      logRefusal(options.port, listening, log);
    }
  } catch (error) {
    await tokens.dispose();
    throw error;
  }
  const sockets = new SocketsOnDemand(async () => {
    const { Sockets } = await import("./sockets.js");
    return new Sockets(stream, alerts, tokens, holders, wrongTokens, anonymous, clock, history);
  });
  const routes = new Routes(stream, alerts, history);
  const front = new Front({ gate, routes, sockets, holders, maxClients });
  front.attach(server);
  if (options.listen) log("📡 WebSocket server listening for connections...");
  const entrance = async () => ({
    url: `ws://${LOOPBACK}:${port}${SOCKET_PATH}?EIO=4&transport=websocket`,
    token: await tokens.issueForProcess({ scope: "control", expiresIn: INTERNAL_TOKEN_SECONDS }),
  });

  return {
    address: options.listen ? { port, url: `http://${LOOPBACK}:${port}` } : null,
    tokens,
    isInUse: ({ id }) => holders.has(id),
    async connectInProcess() {
      const { url, token } = await entrance();
      return (await sockets.get()).connectInProcess(server, url, token);
    },
    accept(connection) {
      server.emit("connection", connection);
      // Who greeted it may have paused it.
      connection.resume();
    },
    entrance,
    async dispose() {
      front.stop();
      await sockets.close();
      await closeWithin(server, connections, GRACE_MS);
      holders.dispose();
      await tokens.dispose();
    },
  };
}

function logRefusal(wanted: number, { port, refusal }: Listening, log: (line: string) => void): void {
  if (refusal === null) return;
  const why = refusal === "taken" ? "is not free" : "is forbidden to this account";
  log(`⚠️ Port ${wanted} ${why}: listening on ${port} instead.`);
}

function createHttpServer(maxClients: number): Server {
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 5_000,
    // The gate answers a missing Host itself, as it answers a foreign one.
    requireHostHeader: false,
  });
  // A polling client uses up to two connections, and some are left for those that are refused with a reason.
  server.maxConnections = 2 * maxClients + 100;
  // A client that stops reading its answer is cut; upgraded connections have left this timeout behind.
  server.timeout = 60_000;
  return server;
}

/** All open connections: Node.js itself forgets those that were upgraded. */
function trackConnections(server: Server): ReadonlySet<Duplex> {
  const connections = new Set<Duplex>();
  server.on("connection", (connection: Duplex) => {
    connections.add(connection);
    connection.once("close", () => connections.delete(connection));
  });
  return connections;
}

async function closeWithin(server: Server, connections: ReadonlySet<Duplex>, ms: number): Promise<void> {
  const closed = server.listening
    ? new Promise<void>((resolve) => server.close(() => resolve()))
    : Promise.resolve();
  const ended = [...connections].map(
    (connection) => new Promise<void>((resolve) => connection.once("close", () => resolve())),
  );
  const cut = setTimeout(() => {
    for (const connection of connections) connection.destroy();
  }, ms);
  await Promise.all([closed, ...ended]);
  clearTimeout(cut);
}
