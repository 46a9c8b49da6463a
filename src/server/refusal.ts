import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { ErrorCode, Refusal, Scope } from "../protocol/events.js";
import { JSON_HEADERS } from "./headers.js";

/** A refusal as HTTP says it. */
export interface HttpRefusal {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Refusal;
}

const STATUS: Readonly<Record<ErrorCode, number>> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  COLLECTION_FAILED: 503,
};

/** A body that is not wanted is read this far (bytes), so that its sender gets to read the refusal. */
const MAX_DRAINED_BYTES = 1 << 20;

/** A refusal as acknowledgements carry it. */
export function refusal(code: ErrorCode, message: string): Refusal {
  return { ok: false, error: { code, message } };
}

/** What a token's holder asked for needs more than the token allows. */
export function scopeRefusal(needed: Scope, held: Scope): Refusal {
  return refusal("FORBIDDEN", `A token of scope "${needed}" is needed; this one's is "${held}".`);
}

export function httpRefusal(
  code: ErrorCode,
  message: string,
  headers: OutgoingHttpHeaders = {},
): HttpRefusal {
  return { ...asHttp(refusal(code, message)), headers };
}

export function asHttp(body: Refusal): HttpRefusal {
  return { status: STATUS[body.error.code], headers: {}, body };
}

/**
 * Answers a request with a refusal, its body read or not. The answer goes out at once; the connection is closed only
 * when the rest of the body has been taken off it, because closing over unread bytes resets the connection and the
 * client loses the answer.
 */
export function refuse(
  req: IncomingMessage,
  res: ServerResponse,
  { status, headers, body }: HttpRefusal,
): void {
  if (res.headersSent || res.destroyed) return;
  const text = JSON.stringify(body);
  res.writeHead(status, {
    ...JSON_HEADERS,
    ...headers,
    "Content-Length": Buffer.byteLength(text),
    ...(!req.complete && { Connection: "close" }),
  });
  // Who asked whether to send a body does not send one now.
  if (req.complete || req.headers.expect !== undefined) {
    res.end(text);
    return;
  }
  res.write(text);
  const end = () => res.end();
  req.once("end", end).once("close", end).once("error", end);
  limitBody(req);
  req.resume();
}

/** Cuts the connection of a request whose body does not end, whether or not it has been answered. */
export function limitBody(req: IncomingMessage): void {
  let taken = 0;
  req.on("data", (chunk: Buffer | string) => {
    taken += chunk.length;
    if (taken > MAX_DRAINED_BYTES) req.destroy();
  });
}

/** Answers on a bare connection, where Node.js makes no response: an upgrade, a CONNECT, a request it cannot parse. */
export function refuseConnection(socket: Duplex, { status, headers, body }: HttpRefusal): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const text = JSON.stringify(body);
  const lines = Object.entries({
    ...JSON_HEADERS,
    ...headers,
    "Content-Length": Buffer.byteLength(text),
    Connection: "close",
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n`;
  socket.end(head + text, () => socket.destroy());
}
