import { setTimeout as delay } from "node:timers/promises";
import { WebSocket } from "ws";
import { waitFor } from "../../support/waitFor.js";

/** By then (ms) all that follows an emission has gone out. */
export const EMISSION_REST_MS = 150;

/** The frames that a client receives with one emission, in order. */
export async function framesOfEmission(
  { port, token }: { port: number; token: string },
  emit: () => Promise<{ revenue: number }>,
): Promise<string[]> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
  const frames: string[] = [];
  socket.on("message", (data) => {
    const text = String(data);
    if (text.startsWith("0")) socket.send(`40${JSON.stringify({ token })}`);
    else if (text.startsWith("42")) frames.push(text);
  });
  await waitFor(() => frames.length > 0, { message: "the first update" });
  await delay(2 * EMISSION_REST_MS);
  frames.length = 0;
  await emit();
  await delay(2 * EMISSION_REST_MS);
  socket.close();
  return frames;
}
