import type { Clock } from "./clock.js";

/**
 * When the interval's next emission is due. Kept by two clocks: the steady one is right when somebody sets the time, the
 * wall clock is right after the machine has slept. Whichever says so first is believed, once.
 */
export class Schedule {
  private steadyDue = 0;
  private wallDue = 0;

  /** @param minutes length of the interval */
  constructor(
    private readonly clock: Clock,
    private minutes: number,
  ) {
    this.restart();
  }

  get intervalMinutes(): number {
    return this.minutes;
  }

  /** Begins an interval now, however many were missed. */
  restart(minutes = this.minutes): void {
    this.minutes = minutes;
    const length = minutes * 60_000;
    this.steadyDue = this.clock.monotonic() + length;
    this.wallDue = this.clock.now() + length;
  }

  /** Milliseconds until the emission is due; 0 or less when it is. */
  remaining(): number {
    return Math.min(this.steadyDue - this.clock.monotonic(), this.wallDue - this.clock.now());
  }

  /** Epoch milliseconds by today's wall clock. */
  dueAt(): number {
    return this.clock.now() + Math.max(0, this.remaining());
  }
}
