/** Waits that begin within this time (ms) of the first end with it. */
const TOGETHER_MS = 5;

/**
 * Gives up what takes too long. Waits that begin at about the same time share one timer: one for each of hundreds of files
 * costs more than the look at the file that it guards.
 */
export class Deadline {
  private newest: Waits | null = null;

  /** @param ms how long something may take; less by up to 5 ms where others wait already */
  constructor(private readonly ms: number) {}

  /** What work gives, or `late` where it takes too long; the work then goes on. Rejects as the work does. */
  within<T, Late>(work: Promise<T>, late: Late): Promise<T | Late> {
    return new Promise((resolve, reject) => {
      const end = this.begin(() => resolve(late));
      work.then(
        (result) => {
          end();
          resolve(result);
        },
        (error: unknown) => {
          end();
          reject(error);
        },
      );
    });
  }

  /**
   * Calls back when the time is up.
   * @returns what ends the wait before
   */
  begin(onLate: () => void): () => void {
    const waits = this.waits();
    waits.add(onLate);
    return () => waits.end(onLate);
  }

  private waits(): Waits {
    if (this.newest === null || !this.newest.open) this.newest = new Waits(this.ms);
    return this.newest;
  }
}

/** Waits that end at the same time. */
class Waits {
  private readonly begun = performance.now();
  private readonly waiting = new Set<() => void>();
  private readonly timer: NodeJS.Timeout;
  private over = false;

  constructor(ms: number) {
    this.timer = setTimeout(() => {
      this.over = true;
      for (const onLate of this.waiting) onLate();
    }, ms);
  }

  /** Whether others may still join. */
  get open(): boolean {
    return !this.over && performance.now() - this.begun < TOGETHER_MS;
  }

  add(onLate: () => void): void {
    this.waiting.add(onLate);
  }

  end(onLate: () => void): void {
    this.waiting.delete(onLate);
    if (this.waiting.size > 0) return;
    this.over = true;
    clearTimeout(this.timer);
  }
}
