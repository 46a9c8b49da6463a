import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { EngineRequest } from "./checkedEngine.js";
import { type Admission, type Admitted, type Gate, tokenRefusal } from "./gate.js";
import { corsHeaders, PREFLIGHT_HEADERS, type Query, SECURITY_HEADERS } from "./headers.js";
import { readWithoutOffer } from "./ignoredOffer.js";
import { MAX_MESSAGE_BYTES } from "./messageSize.js";
import { type HttpRefusal, httpRefusal, limitBody, refuse, refuseConnection } from "./refusal.js";
import type { Routes } from "./routes.js";
import type { Sockets } from "./sockets.js";
import type { SocketsOnDemand } from "./socketsOnDemand.js";
import type { TokenHolders } from "./tokenHolders.js";

export const SOCKET_PATH = "/socket.io/";

interface FrontOptions {
  readonly gate: Gate;
  readonly routes: Routes;
  readonly sockets: SocketsOnDemand;
  readonly holders: TokenHolders;
  readonly maxClients: number;
}

/** Takes all that the HTTP server hears to the gate first, then to the routes or to Socket.IO. */
export class Front {
  private stopping = false;
  private readonly inFlight = new Map<ServerResponse, IncomingMessage>();

  constructor(private readonly options: FrontOptions) {}

  attach(server: Server): void {
    server.on("request", (req, res) => this.take(req, res));
    server.on("checkContinue", (req: IncomingMessage, res: ServerResponse) => this.take(req, res));
    server.on("checkExpectation", (req: IncomingMessage, res: ServerResponse) => {
      refuse(req, res, httpRefusal("BAD_REQUEST", "The only expectation met here is 100-continue."));
    });
    server.on("upgrade", (req, socket, head) => {
      if (offersOther(req)) readWithoutOffer(server, req, socket, head);
      else this.takeUpgrade(req, socket, head);
    });
    server.on("connect", (req: IncomingMessage, socket: Duplex) =>
      this.takeUpgrade(req, socket, Buffer.alloc(0)),
    );
    server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
      refuseConnection(socket, parseRefusal(error.code));
    });
  }

  /** From now on every request is refused, those under way included. */
  stop(): void {
    this.stopping = true;
    for (const [res, req] of this.inFlight) refuse(req, res, stoppingRefusal());
  }

  private take(req: IncomingMessage, res: ServerResponse): void {
    this.answer(req, res).catch(() => {
      refuse(req, res, httpRefusal("BAD_REQUEST", "The request could not be handled."));
    });
  }

  private async answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    // Even where it is known at once: a request counts as complete only when the parser's turn is over.
    const admission = await this.options.gate.admit(req);
    // The client may be gone by now, and engine.io would wait for a close that has been.
    if (res.destroyed || req.destroyed) return;
    if (admission.origin !== null) res.setHeaders(new Map(Object.entries(corsHeaders(admission.origin))));
    if (this.stopping) refuse(req, res, stoppingRefusal());
    else if (admission.kind === "refused") refuse(req, res, admission.refusal);
    else if (admission.kind === "preflight")
      res.writeHead(204, { ...SECURITY_HEADERS, ...PREFLIGHT_HEADERS }).end();
    else await this.serve(req, res, admission);
  }

  private async serve(req: IncomingMessage, res: ServerResponse, admission: Admitted): Promise<void> {
    if (req.headers.expect !== undefined) res.writeContinue();
    if (admission.path === SOCKET_PATH) await this.poll(req, res, admission);
    else if (admission.claims) {
      this.inFlight.set(res, req);
      const held = this.options.holders.add(admission.claims, (reason) =>
        refuse(req, res, tokenRefusal(reason)),
      );
      await this.options.routes.handle(req, res, admission, admission.claims);
      held.dispose();
      this.inFlight.delete(res);
    }
  }

  private async poll(req: IncomingMessage, res: ServerResponse, admission: Admitted): Promise<void> {
    const unfit = pollRefusal(req, admission.query);
    if (unfit) {
      refuse(req, res, unfit);
      return;
    }
    const loaded = await this.options.sockets.get().catch(() => null);
    if (res.destroyed || req.destroyed) return;
    const request = engineRequest(req, admission.query);
    const sockets = this.placeIn(loaded, request, false);
    if ("status" in sockets) {
      refuse(req, res, sockets);
      return;
    }
    if (admission.claims) sockets.remember(req, admission.claims);
    res.setHeaders(new Map(Object.entries(SECURITY_HEADERS)));
    // engine.io answers a body of unknown length as soon as it is too large, and Node.js then takes all the rest of it.
    if (req.method === "POST") limitBody(req);
    sockets.engine.handleRequest(request, res);
  }

  private takeUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Node.js has taken its own listener off, and without one a reset connection ends the process.
    socket.on("error", () => socket.destroy());
    this.upgrade(req, socket, head).catch(() => socket.destroy());
  }

  private async upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const admission = await this.options.gate.admit(req);
    if (socket.destroyed) return;
    const refuseThis = ({ status, headers, body }: HttpRefusal) => {
      const cors = admission.origin === null ? {} : corsHeaders(admission.origin);
      refuseConnection(socket, { status, headers: { ...cors, ...headers }, body });
    };
    const unfit = this.stopping ? stoppingRefusal() : upgradeRefusal(req, admission);
    if (unfit || admission.kind !== "admitted") {
      refuseThis(unfit ?? httpRefusal("BAD_REQUEST", "Not an upgrade."));
      return;
    }
    const loaded = await this.options.sockets.get().catch(() => null);
    if (socket.destroyed) return;
    const request = engineRequest(req, admission.query);
    const sockets = this.placeIn(loaded, request, true);
    if ("status" in sockets) {
      refuseThis(sockets);
      return;
    }
    if (admission.claims) sockets.remember(req, admission.claims);
    sockets.engine.handleUpgrade(request, socket, head);
  }

  /**
   * The sockets that take a request, or why they do not. A session that exists may go on; a new one needs a
   * place.
   * @param loaded `null` where they could not be loaded
   */
  private placeIn(loaded: Sockets | null, request: EngineRequest, isUpgrade: boolean): Sockets | HttpRefusal {
    const { sockets, maxClients } = this.options;
    if (this.stopping) return stoppingRefusal();
    if (loaded === null) {
      return httpRefusal("UNAVAILABLE", "Socket.IO cannot be loaded now.", { "Retry-After": "5" });
    }
    const objection = loaded.engine.objection(request, isUpgrade);
    if (objection !== null) return httpRefusal("BAD_REQUEST", `${objection}.`);
    if (request._query.sid || sockets.sessionsCount < maxClients || sockets.makeRoom()) return loaded;
    const message = `This stream serves ${maxClients} clients at most.`;
    return httpRefusal("UNAVAILABLE", message, { "Retry-After": "30" });
  }
}

function pollRefusal(req: IncomingMessage, query: Query): HttpRefusal | null {
  if (req.method !== "GET" && req.method !== "POST") {
    return httpRefusal("METHOD_NOT_ALLOWED", "Polling uses GET and POST.", { Allow: "GET, POST" });
  }
  // engine.io takes a plain request to a WebSocket session for a poll, and never answers it.
  if (query.get("transport") !== "polling") {
    return httpRefusal("BAD_REQUEST", "A plain request has transport=polling.");
  }
  if (Number(req.headers["content-length"] ?? 0) > MAX_MESSAGE_BYTES) {
    return httpRefusal("PAYLOAD_TOO_LARGE", `A message may have ${MAX_MESSAGE_BYTES} bytes.`);
  }
  return doubledRefusal(query);
}

/** Java's HTTP client and curl offer HTTP/2 with whatever they ask. */
function offersOther({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() !== "websocket";
}

function upgradeRefusal(req: IncomingMessage, admission: Admission): HttpRefusal | null {
  if (admission.kind === "refused") return admission.refusal;
  if (admission.kind === "preflight") return httpRefusal("BAD_REQUEST", "A preflight upgrades nothing.");
  if (admission.path !== SOCKET_PATH) return httpRefusal("NOT_FOUND", "Nothing here can be upgraded to.");
  if (
    req.headers.upgrade?.toLowerCase() !== "websocket" ||
    admission.query.get("transport") !== "websocket"
  ) {
    return httpRefusal("BAD_REQUEST", "An upgrade is to a WebSocket, with transport=websocket.");
  }
  return doubledRefusal(admission.query);
}

/** Of two values the checks here would believe the first and engine.io the last, which may name no session. */
function doubledRefusal(query: Query): HttpRefusal | null {
  const names = [...query.keys()];
  if (new Set(names).size === names.length) return null;
  return httpRefusal("BAD_REQUEST", "A parameter of the query is doubled.");
}

function stoppingRefusal(): HttpRefusal {
  return httpRefusal("UNAVAILABLE", "The stream is stopping.", { "Retry-After": "5", Connection: "close" });
}

function parseRefusal(code: string | undefined): HttpRefusal {
  if (code === "HPE_HEADER_OVERFLOW") {
    return { ...httpRefusal("PAYLOAD_TOO_LARGE", "The header is too large."), status: 431 };
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return { ...httpRefusal("BAD_REQUEST", "The request took too long to arrive."), status: 408 };
  }
  return httpRefusal("BAD_REQUEST", "This is not an HTTP request.");
}

function engineRequest(req: IncomingMessage, query: Query): EngineRequest {
  return Object.assign(req, { _query: Object.fromEntries(query) });
}
