import { monotonicMs } from "./usage.js";

/** How often (ms) the loop is looked at. */
const STEP_MS = 1;

/** The longest time (ms) between two looks at a loop. */
export interface LongestBlock {
  /** By the clock, the step from one look to the next and whatever else the machine did meanwhile included. */
  readonly elapsed: number;
  /** That the loop's thread itself ran, in one turn or more: no single turn ran longer. */
  readonly ran: number;
}

/** Watches the event loop of this process's main thread. */
export class LoopWatch {
  private timer: NodeJS.Timeout | null = null;
  private longest: LongestBlock = { elapsed: 0, ran: 0 };

  start(): void {
    this.longest = { elapsed: 0, ran: 0 };
    let before = look();
    this.timer = setInterval(() => {
      const now = look();
      this.longest = {
        elapsed: Math.max(this.longest.elapsed, now.at - before.at),
        ran: Math.max(this.longest.ran, now.ran - before.ran),
      };
      before = now;
    }, STEP_MS);
  }

  stop(): LongestBlock {
    if (this.timer) clearInterval(this.timer);
    return this.longest;
  }
}

/** Node.js tells of a single thread from version 23.9 on. */
function look() {
  const { user, system } = process.threadCpuUsage();
  return { at: monotonicMs(), ran: (user + system) / 1_000 };
}
