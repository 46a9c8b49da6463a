import { once } from "node:events";
import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from "node:http";
import { connect } from "node:net";
import { io, type Socket } from "socket.io-client";
import { WebSocket } from "ws";
import type { Scope, ServerToClientEvents } from "../../src/protocol/events.js";
import {
  type FusionServer,
  type FusionServerOptions,
  startFusionServer,
} from "../../src/server/fusionServer.js";
import { memoryTokenStorage } from "../../src/server/tokenStorage.js";
import { MemoryStream } from "./memoryStream.js";

export const ALLOWED_ORIGIN = "http://localhost:3000";

interface ClientEvents {
  [event: string]: (...args: unknown[]) => void;
}
export type TestClient = Socket<ServerToClientEvents, ClientEvents>;

export interface Response {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json: { ok: boolean; error: { code: string; message: string } } & Record<string, unknown>;
}

const cleanups: (() => unknown)[] = [];

/** Ends all that the tests of a file have started; for `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

/** A real server on a free port over a stream in memory. */
export async function serve(overrides: Partial<FusionServerOptions> = {}): Promise<ServedStream> {
  const stream = new MemoryStream();
  const server = await startFusionServer({
    stream,
    tokens: memoryTokenStorage(),
    port: 0,
    allowedOrigins: () => [ALLOWED_ORIGIN],
    listen: true,
    ...overrides,
  });
  cleanups.push(() => server.dispose());
  return new ServedStream(server, stream);
}

export class ServedStream {
  constructor(
    readonly server: FusionServer,
    readonly stream: MemoryStream,
  ) {}

  get port(): number {
    return this.server.address?.port ?? 0;
  }

  /** @param expiresIn seconds */
  async token(scope: Scope = "read", metrics?: string[], expiresIn = 60): Promise<string> {
    const request = { name: "test", scope, expiresIn, ...(metrics && { metrics }) };
    return (await this.server.tokens.issue(request)).text;
  }

  /** A request with a token of the scope, or with none. */
  async request(
    path: string,
    { scope, body, token, headers, ...options }: TestRequest = {},
  ): Promise<Response> {
    const bearer = token ?? (scope === null ? null : await this.token(scope ?? "read"));
    return send({
      port: this.port,
      path,
      headers: { ...(bearer !== null && { Authorization: `Bearer ${bearer}` }), ...headers },
      ...options,
      ...(body !== undefined && { body }),
    });
  }

  postInterval(body: string, { scope = "control" as Scope, headers = {} } = {}): Promise<Response> {
    return this.request("/api/fusion/emitter/interval", {
      method: "POST",
      scope,
      body,
      headers: { "Content-Type": "application/json", ...headers },
    });
  }

  /** A Socket.IO client that does not try again; `token: null` sends none. */
  client({ token, ...options }: { token: string | null } & Parameters<typeof io>[1]): TestClient {
    const client: TestClient = io(`http://127.0.0.1:${this.port}`, {
      reconnection: false,
      forceNew: true,
      transports: ["websocket"],
      auth: token === null ? {} : { token },
      ...options,
    });
    cleanups.push(() => client.disconnect());
    return client;
  }

  async connected(scope: Scope = "read", metrics?: string[]): Promise<TestClient> {
    const client = this.client({ token: await this.token(scope, metrics) });
    await event(client, "connect");
    return client;
  }

  /** A bare WebSocket to the engine. */
  webSocket(headers: Record<string, string>, path = "/socket.io/?EIO=4&transport=websocket"): WebSocket {
    const socket = new WebSocket(`ws://127.0.0.1:${this.port}${path}`, { headers, perMessageDeflate: false });
    socket.on("error", () => undefined);
    cleanups.push(() => socket.terminate());
    return socket;
  }
}

export interface TestRequest extends RequestOptions {
  scope?: Scope | null;
  token?: string;
  body?: string;
}

/** Sends one HTTP request on a connection of its own. */
export function send({ body, ...options }: RequestOptions & { body?: string }): Promise<Response> {
  return new Promise((resolve, reject) => {
    const req = httpRequest({ host: "127.0.0.1", agent: false, ...options }, (res) => {
      const chunks: Buffer[] = [];
      res.on("data", (chunk: Buffer) => chunks.push(chunk));
      res.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: res.statusCode ?? 0, headers: res.headers, text, json: parsed(text) });
      });
    });
    req.on("error", reject);
    req.end(body);
  });
}

function parsed(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Writes bytes to the port as they are, and gives all that comes back until the server closes. */
export async function sendRaw(port: number, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  cleanups.push(() => socket.destroy());
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.write(bytes);
  if (!socket.closed) await once(socket, "close");
  return Buffer.concat(chunks).toString();
}

/** The arguments of an emitter's next event of a name. */
export async function event<T = unknown>(emitter: TestClient | WebSocket, name: string): Promise<T> {
  return new Promise((resolve) => {
    (emitter as { once(name: string, listener: (value: T) => void): unknown }).once(name, resolve);
  });
}

/** How an attempt to open a WebSocket ended: the status of the refusal, or 101. */
export function upgradeStatus(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => {
    socket.once("open", () => resolve(101));
    socket.once("unexpected-response", (_, res) => {
      res.resume();
      resolve(res.statusCode ?? 0);
    });
    socket.once("error", () => resolve(-1));
  });
}
