import { HOUR_MS } from "./rollup.js";

/** Readings that must agree, one an hour of running: a whole day of it. */
const READINGS = 24;

export interface ClockReading {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Milliseconds of running, never jumping. */
  readonly monotonic: number;
}

/**
 * A clock that is believed only after a day of running: one that was set years ahead by mistake, and back again, would
 * otherwise make the whole history look old enough to be dropped.
 */
export class ConfirmedClock {
  private notedAt: number | null = null;

  /** @param readings those noted before a restart, oldest first */
  constructor(private kept: readonly number[]) {}

  get readings(): readonly number[] {
    return this.kept;
  }

  /** The least of a day's readings; `null` before there was a day. */
  get confirmed(): number | null {
    return this.kept.length < READINGS ? null : Math.min(...this.kept);
  }

  /** @returns whether the readings are others now */
  note({ now, monotonic }: ClockReading): boolean {
    this.notedAt ??= monotonic;
    if (monotonic - this.notedAt < HOUR_MS) return false;
    this.notedAt = monotonic;
    this.kept = [...this.kept, now].slice(-READINGS);
    return true;
  }
}
