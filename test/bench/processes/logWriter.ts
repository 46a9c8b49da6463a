/** Writes lines to many logs at a steady rate. */
import { appendFileSync } from "node:fs";
import { logLine } from "../support/largeFiles.js";
import { answer } from "../support/remote.js";
import { monotonicMs } from "../support/usage.js";

interface Order {
  readonly logs: readonly string[];
  readonly linesPerSecond: number;
  readonly seconds: number;
}

/** How often (ms) lines are written. */
const STEP_MS = 10;

const requests = {
  /** When each line of each log was written, by the clock that all processes share. */
  write: ({ logs, linesPerSecond, seconds }: Order): Promise<number[][]> => {
    const written: number[][] = logs.map(() => []);
    const total = linesPerSecond * seconds;
    const begun = monotonicMs();
    let count = 0;
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        const due = Math.min(total, Math.floor(((monotonicMs() - begun) / 1_000) * linesPerSecond));
        for (; count < due; count++) {
          const log = count % logs.length;
          written[log]?.push(monotonicMs());
          appendFileSync(logs[log] ?? "", logLine(count));
        }
        if (count < total) return;
        clearInterval(timer);
        resolve(written);
      }, STEP_MS);
    });
  },
};

export type LogWriter = typeof requests;

answer(requests);
