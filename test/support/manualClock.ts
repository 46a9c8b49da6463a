import type { Clock } from "../../src/core/clock.js";
import type { Disposable } from "../../src/core/disposable.js";

/** A clock that moves only when it is told to. */
export class ManualClock implements Clock {
  private steady = 0;
  private readonly timers = new Set<{ readonly due: number; readonly callback: () => void }>();

  /** @param wall epoch milliseconds at the beginning */
  constructor(private wall = Date.parse("2025-11-08T17:00:00Z")) {}

  now(): number {
    return this.wall;
  }

  monotonic(): number {
    return this.steady;
  }

  schedule(delay: number, callback: () => void): Disposable {
    const timer = { due: this.steady + delay, callback };
    this.timers.add(timer);
    return { dispose: () => this.timers.delete(timer) };
  }

  /** How many calls are still to come. */
  get waiting(): number {
    return this.timers.size;
  }

  /** Lets time pass on both clocks (ms), and calls what falls due on the way. */
  advance(ms: number): void {
    const end = this.steady + ms;
    for (let next = this.nextBefore(end); next; next = this.nextBefore(end)) {
      this.timers.delete(next);
      this.move(next.due - this.steady);
      next.callback();
    }
    this.move(end - this.steady);
  }

  /** Sets the machine's time (ms forth or back), as a person does, or as it is after a sleep in which the steady clock stood still. */
  jump(ms: number): void {
    this.wall += ms;
  }

  private move(ms: number): void {
    this.steady += ms;
    this.wall += ms;
  }

  private nextBefore(end: number) {
    const due = [...this.timers].filter((timer) => timer.due <= end);
    return due.sort((a, b) => a.due - b.due)[0];
  }
}
