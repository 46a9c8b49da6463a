import type { Page } from "playwright-core";

/** Processor time (ms) of a page's main thread: its script, its style and layout, and what it records for painting. */
export class MainThread {
  private constructor(private readonly read: () => Promise<number>) {}

  static async of(page: Page): Promise<MainThread> {
    const session = await page.context().newCDPSession(page);
    // The thread's own clock stands still while other programs have the processor.
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    return new MainThread(async () => {
      const { metrics } = await session.send("Performance.getMetrics");
      return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
    });
  }

  /** What a work costs it. */
  async cost(work: () => Promise<unknown>): Promise<number> {
    const before = await this.read();
    await work();
    return (await this.read()) - before;
  }
}
