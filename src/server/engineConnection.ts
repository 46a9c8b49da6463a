/** What engine.io's connections know but do not tell. Read by name, so that another version of it breaks nothing. */
import type { Socket as EngineSocket } from "engine.io";
import { WebSocket } from "ws";
import type { EncodedEvents } from "./encodedEvents.js";

/** Whether something sent now would go out at once, and not wait behind something else. */
export function isIdle(conn: EngineSocket): boolean {
  return conn.transport.writable && waitingPackets(conn).length === 0;
}

/** Settles when all that was sent has gone out, or the connection is over. */
export function whenIdle(conn: EngineSocket): Promise<void> {
  return new Promise((resolve) => {
    let { transport } = conn;
    const look = () => {
      if (conn.readyState === "open" && !isIdle(conn)) return;
      transport.off("ready", look);
      conn.off("upgrade", follow).off("close", look);
      resolve();
    };
    const follow = () => {
      transport.off("ready", look);
      transport = conn.transport.on("ready", look);
      look();
    };
    transport.on("ready", look);
    conn.on("upgrade", follow).on("close", look);
    look();
  });
}

/**
 * Sends events that were encoded before; to an idle WebSocket all of them in one write. engine.io takes finished frames in
 * an option that only Socket.IO's adapter uses, and asks its transport whether it can: where that is not to be asked, or
 * says no, the packets go as any others.
 */
export function sendEncoded(conn: EngineSocket, { packets, frames }: EncodedEvents): void {
  const [first, ...others] = packets;
  if (first === undefined) return;
  const options: object = { wsPreEncodedFrame: [frames] };
  if (isIdle(conn) && takesFrames(conn, options)) {
    conn.write(first, options);
    return;
  }
  conn.write(first);
  for (const packet of others) conn.write(packet);
}

function takesFrames({ transport }: EngineSocket, options: object): boolean {
  const canSend: unknown = Reflect.get(transport, "_canSendPreEncodedFrame");
  return typeof canSend === "function" && canSend.call(transport, { type: "message", options }) === true;
}

/** Bytes that wait in this process for the client to take them. */
export function queuedBytes(conn: EngineSocket): number {
  let bytes = webSocketOf(conn)?.bufferedAmount ?? 0;
  for (const packet of waitingPackets(conn)) bytes += sizeOf(packet);
  return bytes;
}

/**
 * Ends a connection without waiting for the client: an orderly end would first wait for it to take what is queued, which
 * is what it does not do.
 */
export function terminate(conn: EngineSocket): void {
  webSocketOf(conn)?.terminate();
  conn.close(true);
}

function webSocketOf(conn: EngineSocket): WebSocket | null {
  const socket: unknown = Reflect.get(conn.transport, "socket");
  return socket instanceof WebSocket ? socket : null;
}

function waitingPackets(conn: EngineSocket): readonly unknown[] {
  const buffer: unknown = Reflect.get(conn, "writeBuffer");
  return Array.isArray(buffer) ? buffer : [];
}

/** What engine.io and the event loop add to each packet, roughly; keeps many empty ones from counting as nothing. */
const PACKET_OVERHEAD_BYTES = 256;

function sizeOf(packet: unknown): number {
  const data: unknown =
    typeof packet === "object" && packet !== null ? Reflect.get(packet, "data") : undefined;
  return PACKET_OVERHEAD_BYTES + (typeof data === "string" ? data.length : 0);
}
