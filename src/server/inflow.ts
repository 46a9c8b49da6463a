import type { Socket as EngineSocket } from "engine.io";
import { queuedBytes, terminate } from "./engineConnection.js";

/** Packets that a client may send in a second: a person's dashboard sends a handful. */
const PACKETS_PER_SECOND = 2_000;
const WINDOW_MS = 1_000;
/** A client that asks for more than it reads may have this much waiting. */
const MAX_QUEUED_BYTES = 1 << 20;

/** Ends a connection that floods: by what comes in, or by the answers it asks for and does not read. */
export function limitInflow(conn: EngineSocket): void {
  let windowStart = performance.now();
  let count = 0;
  conn.on("packet", () => {
    const now = performance.now();
    if (now - windowStart >= WINDOW_MS) {
      windowStart = now;
      count = 0;
    }
    count += 1;
    if (count > PACKETS_PER_SECOND || queuedBytes(conn) > MAX_QUEUED_BYTES) terminate(conn);
  });
}
