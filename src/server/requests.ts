/** What clients ask of the stream, the same over HTTP and over Socket.IO. */
import type { Refusal } from "../protocol/events.js";
import { isInterval, MAX_INTERVAL_MINUTES, MIN_INTERVAL_MINUTES } from "../protocol/interval.js";
import type { Snapshot } from "../protocol/snapshot.js";
import { withDeadline } from "./deadline.js";
import { refusal } from "./refusal.js";
import type { StreamPort } from "./streamPort.js";

/** A collection that takes longer (ms) is not waited for. */
const COLLECTION_DEADLINE_MS = 10_000;

/** Collects anew. Rejects where that fails or takes longer than 10 s. */
export function refreshed(stream: StreamPort): Promise<Snapshot> {
  const message = `The collection took longer than ${COLLECTION_DEADLINE_MS / 1_000} s.`;
  return withDeadline(stream.refresh(), COLLECTION_DEADLINE_MS, message);
}

/** The held snapshot, or the first one as soon as it is there; rejects as `refreshed` does. */
export async function currentSnapshot(stream: StreamPort): Promise<Snapshot> {
  return stream.latest ?? (await refreshed(stream));
}

/** Sets the interval that `{minutes}` asks for. */
export function changeInterval(
  stream: StreamPort,
  request: unknown,
): { readonly ok: true; readonly interval: { readonly minutes: number } } | Refusal {
  const minutes =
    typeof request === "object" && request !== null && "minutes" in request ? request.minutes : undefined;
  if (!isInterval(minutes)) {
    const range = `${MIN_INTERVAL_MINUTES} to ${MAX_INTERVAL_MINUTES}`;
    return refusal("BAD_REQUEST", `{"minutes": …} must be a number from ${range}.`);
  }
  stream.setInterval(minutes);
  return { ok: true, interval: { minutes } };
}
