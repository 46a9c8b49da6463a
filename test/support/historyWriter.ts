/**
 * Writes history until it is killed: `node out/test/support/historyWriter.js history.sqlite 17`. Prints each number,
 * from the one given on, when its observation is acknowledged. Number n is observed n seconds after `WRITER_BEGIN`.
 */
import { writeSync } from "node:fs";
import { systemClock } from "../../src/core/clock.js";
import { History } from "../../src/core/history/history.js";
import { HISTORY_WORKER, observed } from "./historyFolder.js";

export const WRITER_BEGIN = Date.parse("2025-11-08T17:00:00Z");

const [, , file, first] = process.argv;
if (file && first) void write(file, Number(first));

async function write(path: string, from: number): Promise<void> {
  const onTrouble = (message: string) => console.error(message);
  const history = new History({ file: path, workerScript: HISTORY_WORKER, clock: systemClock, onTrouble });
  for (let n = from; ; n++) {
    const values = { n, text: `number ${n}`, same: 1 };
    void history.record(observed(WRITER_BEGIN + n * 1_000, values)).then(() => writeSync(1, `${n}\n`));
    if (n % 8 === 0) await history.maintain();
  }
}
