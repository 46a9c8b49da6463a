import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

/** The headers of an offer, by their names in lower case; without it they mean nothing. */
const OFFER = new Set(["connection", "upgrade", "http2-settings"]);

/**
 * Reads a request anew without its offer to upgrade the connection, which a server may ignore (RFC 9110 §7.8): Node.js makes
 * no response to one that has an offer, and reads no body of it. The connection ends with the answer.
 * @param head what has arrived behind the request's header
 */
export function readWithoutOffer(server: Server, req: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = req;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (const [index, name] of rawHeaders.entries()) {
    const isName = index % 2 === 0;
    if (isName && !OFFER.has(name.toLowerCase())) lines.push(`${name}: ${rawHeaders[index + 1]}`);
  }
  // One byte a character, as Node.js has read them.
  const written = Buffer.from([...lines, "Connection: close", "", ""].join("\r\n"), "latin1");
  socket.unshift(Buffer.concat([written, head]));
  server.emit("connection", socket);
}
