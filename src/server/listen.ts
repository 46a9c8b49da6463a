import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** The only address served: the network never reaches it. */
export const LOOPBACK = "127.0.0.1";
/** How many ports after the wanted one are tried, before any free one is taken. */
const NEXT_PORTS = 50;
const LAST_PORT = 65_535;

/** Why a port cannot be had: another program has it, or this account has no right to it. */
type PortRefusal = "taken" | "forbidden";

const REFUSALS: Readonly<Record<string, PortRefusal>> = { EADDRINUSE: "taken", EACCES: "forbidden" };

/** Where a server listens. */
export interface Listening {
  readonly port: number;
  /** Why it is not the wanted port; `null` where it is. */
  readonly refusal: PortRefusal | null;
}

/**
 * Binds the server to the wanted port of the loopback address, or the next free one where it is taken or forbidden.
 * It stays the same server, with its listeners.
 * @param wanted 0 for any
 */
export async function listenNear(server: Server, wanted: number): Promise<Listening> {
  const last = Math.min(wanted + NEXT_PORTS, LAST_PORT);
  let first: PortRefusal | null = null;
  for (let port = wanted; port !== 0 && port <= last; port += 1) {
    const refusal = await listenOn(server, port);
    if (refusal === null) return { port: portOf(server), refusal: first };
    first ??= refusal;
  }
  server.listen({ host: LOOPBACK, port: 0 });
  await once(server, "listening");
  return { port: portOf(server), refusal: first };
}

/** @returns why the port cannot be had; rejects on any other trouble */
async function listenOn(server: Server, port: number): Promise<PortRefusal | null> {
  server.listen({ host: LOOPBACK, port });
  try {
    await once(server, "listening");
    return null;
  } catch (error) {
    const refusal = error instanceof Error && "code" in error ? REFUSALS[String(error.code)] : undefined;
    if (refusal) return refusal;
    throw error;
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
