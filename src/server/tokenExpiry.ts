import type { Clock } from "../core/clock.js";
import type { Disposable } from "../core/disposable.js";

/**
 * The clock is looked at this often (ms): timers stand still while the machine sleeps, and do not hear of a clock that is set.
 */
const LOOK_MS = 15_000;

/**
 * Calls back once the clock has reached a time, however far off.
 * @param time epoch milliseconds
 */
export function whenReached(time: number, callback: () => void, clock: Clock): Disposable {
  let timer: Disposable;
  const arm = () => {
    const remaining = time - clock.now();
    timer =
      remaining > LOOK_MS ? clock.schedule(LOOK_MS, arm) : clock.schedule(Math.max(0, remaining), callback);
  };
  arm();
  return { dispose: () => timer.dispose() };
}
