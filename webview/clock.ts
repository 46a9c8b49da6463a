import { streamTime } from "./streamTime.js";

const SECOND_MS = 1_000;

/** The page's one ticking clock: every relative time comes from it. It stands still while nobody can see it. */
export class Clock {
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly onTick: (now: number) => void) {}

  start(): void {
    document.addEventListener("visibilitychange", this.follow);
    this.follow();
  }

  stop(): void {
    document.removeEventListener("visibilitychange", this.follow);
    clearInterval(this.timer);
  }

  private readonly follow = (): void => {
    clearInterval(this.timer);
    if (document.hidden) return;
    this.onTick(streamTime());
    this.timer = setInterval(() => this.onTick(streamTime()), SECOND_MS);
  };
}
