import type { StreamHealth, Trouble } from "../../protocol/health.js";
import type { EmitterMetrics } from "../../protocol/status.js";
import { firstLine } from "./firstLine.js";
import { ProcessLoad } from "./processLoad.js";
import { RecentValues } from "./recentValues.js";

/** Emissions that the percentiles speak of: five hours at the default interval, and soon gone over where files change. */
const EMISSIONS = 60;
/** Looks at the clock, of 15 s each: a quarter of an hour. */
const TICKS = 60;
const FAILURES = 5;

/** A timer that is this late (ms) was not held up by work: the machine slept. */
const SLEPT_MS = 10_000;

/** The stream's figures of itself. Kept in rings as things happen: nothing runs for them. */
export class StreamFigures {
  private readonly load = new ProcessLoad();
  private readonly collect = new RecentValues(EMISSIONS);
  private readonly emit = new RecentValues(EMISSIONS);
  private readonly late = new RecentValues(TICKS);
  private failures: readonly Trouble[] = [];
  private emitted = 0;
  private failed = 0;

  get emissions(): number {
    return this.emitted;
  }

  /** An emission is on its way: its number counts before its listeners hear of it. */
  emissionBegan(collectMs: number): void {
    this.emitted++;
    this.collect.add(collectMs);
  }

  /** @param emitMs from collected to handed over */
  emissionEnded(emitMs: number): void {
    this.emit.add(emitMs);
  }

  /** @param time epoch milliseconds */
  emissionFailed(error: unknown, time: number): void {
    this.failed++;
    const failure = { time: new Date(time).toISOString(), message: firstLine(error) };
    this.failures = [failure, ...this.failures].slice(0, FAILURES);
  }

  /** @param lateMs how much later the stream's timer fired than it was due */
  ticked(lateMs: number): void {
    if (lateMs < SLEPT_MS) this.late.add(Math.max(0, lateMs));
    this.load.sample();
  }

  metrics(): Pick<EmitterMetrics, "totalEmissions" | "failedEmissions" | "collectMs" | "emitMs"> {
    return {
      totalEmissions: this.emitted,
      failedEmissions: this.failed,
      collectMs: this.collect.percentiles(),
      emitMs: this.emit.percentiles(),
    };
  }

  /** What is asked for rarely, and costs more to tell. */
  details(): Pick<StreamHealth["metrics"], "failures" | "cpuPercent" | "memory" | "eventLoopDelayMs"> {
    return {
      failures: this.failures,
      cpuPercent: this.load.cpuPercent(),
      memory: this.load.memory(),
      eventLoopDelayMs: this.late.percentiles(),
    };
  }
}
