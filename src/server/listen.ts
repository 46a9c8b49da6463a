import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** The only address served: the network never reaches it. */
export const LOOPBACK = "127.0.0.1";
/** How many ports after the wanted one are tried, before any free one is taken. */
const NEXT_PORTS = 50;
const LAST_PORT = 65_535;

/**
 * Binds the server to the wanted port of the loopback address, or the next free one where it is taken or forbidden.
 * It stays the same server, with its listeners.
 * @param wanted 0 for any
 * @returns the port
 */
export async function listenNear(server: Server, wanted: number): Promise<number> {
  const last = Math.min(wanted + NEXT_PORTS, LAST_PORT);
  for (let port = wanted; port !== 0 && port <= last; port += 1) {
    if (await listenOn(server, port)) return portOf(server);
  }
  server.listen({ host: LOOPBACK, port: 0 });
  await once(server, "listening");
  return portOf(server);
}

/** @returns whether the port was free and allowed; rejects on any other trouble */
async function listenOn(server: Server, port: number): Promise<boolean> {
  server.listen({ host: LOOPBACK, port });
  try {
    await once(server, "listening");
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "EADDRINUSE" || code === "EACCES") return false;
    throw error;
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
