import { type IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** A client that stops reading its answer is cut after this long (ms), as on every other connection. */
const TIMEOUT_MS = 60_000;

/**
 * The response to a request that offered to upgrade its connection: Node.js makes none, and reads no other
 * request there.
 */
export function bareResponse(req: IncomingMessage, socket: Socket): ServerResponse {
  const res = new ServerResponse(req);
  res.shouldKeepAlive = false;
  res.assignSocket(socket);
  res.once("finish", () => socket.end());
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy());
  return res;
}
