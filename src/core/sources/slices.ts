import { setImmediate as turnOfOthers } from "node:timers/promises";

/** So many take a few milliseconds. */
const SLICE = 2_000;

/** Does something with each of what may be very many, and lets others have their turn meanwhile. */
export async function inSlices<T>(items: readonly T[], use: (item: T) => void): Promise<void> {
  for (let begin = 0; begin < items.length; begin += SLICE) {
    if (begin > 0) await turnOfOthers();
    for (const item of items.slice(begin, begin + SLICE)) use(item);
  }
}
