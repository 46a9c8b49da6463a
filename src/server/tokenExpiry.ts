import type { Clock } from "../core/clock.js";
import type { Disposable } from "../core/disposable.js";

/** The longest delay that a timer takes (ms); it would fire at once on a longer one. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/**
 * Calls back once the clock has reached a time, however far off.
 * @param time epoch milliseconds
 */
export function whenReached(time: number, callback: () => void, clock: Clock): Disposable {
  let timer: Disposable;
  const arm = () => {
    const remaining = time - clock.now();
    timer =
      remaining > MAX_DELAY_MS
        ? clock.schedule(MAX_DELAY_MS, arm)
        : clock.schedule(Math.max(0, remaining), callback);
  };
  arm();
  return { dispose: () => timer.dispose() };
}
