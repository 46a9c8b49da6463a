import { type Clock, systemClock } from "../../src/core/clock.js";

/** The system's clock, which skips the time in which nothing happens. What is scheduled comes in its real time. */
export class HurriedClock implements Clock {
  private skipped = 0;

  now(): number {
    return systemClock.now() + this.skipped;
  }

  monotonic(): number {
    return systemClock.monotonic() + this.skipped;
  }

  schedule(delay: number, callback: () => void) {
    return systemClock.schedule(delay, callback);
  }

  /** Skips to a time of the steady clock (ms), if that is still to come. */
  skipTo(monotonic: number): void {
    this.skipped += Math.max(0, monotonic - this.monotonic());
  }
}
