import type { Disposable } from "./disposable.js";

/** Time as the core sees it, so that a test can make hours pass. */
export interface Clock {
  /** Epoch milliseconds; jumps when the machine's clock is set. */
  now(): number;
  /** Milliseconds since any moment; never jumps, but may stand still while the machine sleeps. */
  monotonic(): number;
  /** Calls once, `delay` milliseconds from now. */
  schedule(delay: number, callback: () => void): Disposable;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  schedule(delay, callback) {
    const timer = setTimeout(callback, delay);
    return { dispose: () => clearTimeout(timer) };
  },
};
