import type { AlertDefinition } from "../config/alertDefinition.js";
import { AlertTracker } from "./alertTracker.js";
import type { PastValue } from "./pastValues.js";

/** How long (ms) a rehearsal may keep the event loop at a time. */
const SLICE_MS = 5;

/**
 * When (epoch ms) an alert would have begun to fire over the past, had it been there. A long past is gone through in
 * slices, between which the event loop is free.
 * @param until epoch ms
 * @throws the signal's reason where nobody waits for the answer any more
 */
export async function rehearse(
  definition: AlertDefinition,
  past: readonly PastValue[],
  until: number,
  signal?: AbortSignal,
): Promise<number[]> {
  const firings: number[] = [];
  let sliceEnd = performance.now() + SLICE_MS;
  for (const fired of steps(definition, past, until)) {
    if (fired !== null) firings.push(fired);
    if (performance.now() < sliceEnd) continue;
    await new Promise(setImmediate);
    signal?.throwIfAborted();
    sliceEnd = performance.now() + SLICE_MS;
  }
  return firings;
}

/** Each firing, and `null` for each value that made none. */
function* steps(
  definition: AlertDefinition,
  past: readonly PastValue[],
  until: number,
): Generator<number | null, void, void> {
  const tracker = new AlertTracker(definition, undefined, Number.POSITIVE_INFINITY);
  for (const [at, value] of past) {
    yield* firingsBefore(tracker, at);
    const turn = tracker.observe({ at, value, available: value !== null });
    yield turn === "fired" ? at : null;
  }
  yield* firingsBefore(tracker, until);
}

/** Lets the time up to the next value pass, in which the alert may fire by itself. */
function* firingsBefore(tracker: AlertTracker, at: number): Generator<number, void, void> {
  for (let look = tracker.nextLookAt; look !== null && look < at; look = tracker.nextLookAt) {
    if (tracker.lookAgain(look) === "fired") yield look;
    else if (tracker.nextLookAt === look) break;
  }
}
