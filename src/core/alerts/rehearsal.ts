import { DEFAULT_INTERVAL_MINUTES } from "../../protocol/interval.js";
import type { AlertDefinition } from "../config/alertDefinition.js";
import { AlertTracker } from "./alertTracker.js";
import type { Past, PastValue } from "./pastValues.js";

/** How long (ms) a rehearsal may keep the event loop at a time. */
const SLICE_MS = 5;

/** How often (ms) the stream looks at a value that stands still. */
const LOOK_MS = DEFAULT_INTERVAL_MINUTES * 60_000;

/**
 * When (epoch ms) an alert would have begun to fire over the past, had it been there. A long past is gone through in
 * slices, between which the event loop is free.
 * @param until epoch ms
 * @throws the signal's reason where nobody waits for the answer any more
 */
export async function rehearse(
  definition: AlertDefinition,
  past: Past,
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

/** Each firing, and `null` for each moment that made none. */
function* steps(
  definition: AlertDefinition,
  past: Past,
  until: number,
): Generator<number | null, void, void> {
  const tracker = new AlertTracker(definition, undefined, Number.POSITIVE_INFINITY);
  let held: PastValue | null = null;
  for (const [at, value] of momentsOf(past)) {
    if (held) yield* looksBefore(tracker, held, at);
    yield* firingsBefore(tracker, at);
    held = value === UNSEEN ? null : [at, value];
    if (value === UNSEEN) tracker.interrupt(at);
    else if (tracker.observe({ at, value, available: value !== null }) === "fired") yield at;
    yield null;
  }
  if (held) yield* looksBefore(tracker, held, until);
  yield* firingsBefore(tracker, until);
}

/** Looks at a value that stands still, which ends a change by and by. */
function* looksBefore(
  tracker: AlertTracker,
  [from, value]: PastValue,
  until: number,
): Generator<number | null, void, void> {
  const { kind } = tracker.definition.condition;
  if (kind !== "risesBy" && kind !== "fallsBy") return;
  for (let at = from + LOOK_MS; at < until && tracker.phase.name !== "quiet"; at += LOOK_MS) {
    yield* firingsBefore(tracker, at);
    if (tracker.observe({ at, value, available: value !== null }) === "fired") yield at;
    yield null;
  }
}

/** From here on nobody looked. */
const UNSEEN = Symbol();

/** The values and the gaps between them, in the order of time. */
function* momentsOf({ values, gaps }: Past): Generator<PastValue | readonly [at: number, typeof UNSEEN]> {
  let next = 0;
  for (const { after, until } of gaps) {
    for (let value = values[next]; value && value[0] <= after; value = values[++next]) yield value;
    yield [after, UNSEEN];
    // Values without a look are imported ones; no value, in a gap, only says that there is one.
    for (let value = values[next]; value && value[0] < until; value = values[++next]) {
      if (value[1] !== null) yield value;
    }
    // The first look after a gap writes every value down, even one that is as before: what it did not write had none.
    if (Number.isFinite(until) && values[next]?.[0] !== until) yield [until, null];
  }
  yield* values.slice(next);
}

/** Lets the time up to the next value pass, in which the alert may fire by itself. */
function* firingsBefore(tracker: AlertTracker, at: number): Generator<number, void, void> {
  for (let look = tracker.nextLookAt; look !== null && look < at; look = tracker.nextLookAt) {
    if (tracker.lookAgain(look) === "fired") yield look;
    else if (tracker.nextLookAt === look) break;
  }
}
