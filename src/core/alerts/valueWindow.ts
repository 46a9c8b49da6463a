/** A value and how long it held, in epoch milliseconds; `null` while it still does. */
interface Held {
  readonly from: number;
  readonly to: number | null;
  readonly value: number;
}

/** Values that together held for less than this share of the window count as one: a window must not grow without bound. */
const RESOLUTION = 1 / 500;

/** The extreme value that a metric had within a time up to now, the value at its beginning included. */
export class ValueWindow {
  /** Candidates for the extreme, oldest first; each later one is less extreme than those before it. */
  private candidates: Held[];

  /**
   * @param lengthMs milliseconds
   * @param extreme which end is looked for
   */
  constructor(
    private readonly lengthMs: number,
    private readonly extreme: "low" | "high",
    saved: readonly Held[] = [],
  ) {
    this.candidates = [...saved];
  }

  /** The extreme before this value came; `null` where there was none. */
  add(at: number, value: number): number | null {
    const last = this.candidates.at(-1);
    // The clock was set back: what was seen "later" is not known to be within the time.
    if (last && last.from > at) this.candidates = [];
    const begun = at - this.lengthMs;
    this.candidates = this.candidates.filter(({ to }) => to === null || to > begun);
    const extreme = this.candidates[0]?.value ?? null;
    this.push(at, value);
    return extreme;
  }

  /** Nobody looks from then (epoch ms) on: what held so far is known to have held until then alone. */
  interrupt(at: number): void {
    this.candidates = this.candidates.map((held) => ({ ...held, to: held.to ?? at }));
  }

  save(): readonly Held[] {
    return this.candidates;
  }

  private push(at: number, value: number): void {
    const last = this.candidates.at(-1);
    if (last && last.to === null && last.value === value) return;
    this.candidates = this.candidates.filter((held) => this.isMoreExtreme(held.value, value));
    const kept = this.candidates.pop();
    if (kept) this.close({ ...kept, to: kept.to ?? at });
    this.candidates.push({ from: at, to: null, value });
  }

  /** Keeps a value that holds no more, as one with the value before it where both were short. */
  private close(held: Held & { readonly to: number }): void {
    const before = this.candidates.at(-1);
    if (before && held.to - before.from < this.lengthMs * RESOLUTION)
      this.candidates[this.candidates.length - 1] = { ...before, to: held.to };
    else this.candidates.push(held);
  }

  private isMoreExtreme(value: number, other: number): boolean {
    return this.extreme === "low" ? value < other : value > other;
  }
}

export type SavedWindow = readonly Held[];

/** The value before the one at hand: a window from one value to the next. */
export class PreviousValue {
  private last: Held | null;

  constructor(saved: SavedWindow = []) {
    this.last = saved.at(-1) ?? null;
  }

  /** The value before this one; `null` where there was none. */
  add(at: number, value: number): number | null {
    const previous = this.last;
    this.last = { from: at, to: null, value };
    return previous?.value ?? null;
  }

  /** However long ago the value before was seen, it is the one before. */
  interrupt(): void {}

  save(): SavedWindow {
    return this.last === null ? [] : [this.last];
  }
}
