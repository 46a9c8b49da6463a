import type { Clock } from "./clock.js";
import type { Disposable } from "./disposable.js";

/** A burst has ended when nothing came for this long (ms). */
const REST_MS = 20;

/** A burst that does not end counts as ended after this long (ms) all the same. */
const LIMIT_MS = 500;

/** Takes events that come in bursts for one. */
export class Burst implements Disposable {
  private begun: number | null = null;
  private timer: Disposable | null = null;

  /** @param onEnd called once a burst has ended, or has gone on for too long */
  constructor(
    private readonly clock: Clock,
    private readonly onEnd: () => void,
  ) {}

  /** One more event. */
  add(): void {
    this.begun ??= this.clock.monotonic();
    this.timer?.dispose();
    const wait = Math.min(REST_MS, Math.max(0, this.begun + LIMIT_MS - this.clock.monotonic()));
    this.timer = this.clock.schedule(wait, () => {
      this.dispose();
      this.onEnd();
    });
  }

  /** Forgets a burst under way; another one may follow. */
  dispose(): void {
    this.timer?.dispose();
    this.timer = null;
    this.begun = null;
  }
}
