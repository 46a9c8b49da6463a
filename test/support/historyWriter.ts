/**
 * Writes history until it is killed: `node out/test/support/historyWriter.js history.sqlite 17`. Prints each number,
 * from the one given on, when its observation is acknowledged. Number n is observed n seconds after `WRITER_BEGIN`.
 */
import { systemClock } from "../../src/core/clock.js";
import { History } from "../../src/core/history/history.js";
import { HISTORY_WORKER, observed, WRITER_BEGIN } from "./historyFolder.js";

const [, , file, first] = process.argv;
if (file && first) void write(file, Number(first));

async function write(path: string, from: number): Promise<void> {
  const onTrouble = (message: string) => console.error(message);
  const history = new History({ file: path, workerScript: HISTORY_WORKER, clock: systemClock, onTrouble });
  for (let n = from; ; n++) {
    const values = { n, text: `number ${n}`, same: 1 };
    const recorded = history.record(observed(WRITER_BEGIN + n * 1_000, values));
    const told = recorded.then(() => process.stdout.write(`${n}\n`));
    if (n % 4 === 0) await told;
    if (n % 8 === 0) await history.maintain(null);
  }
}
