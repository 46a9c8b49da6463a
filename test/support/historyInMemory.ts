/** Keeps a history and prints what came of it, as JSON: run with `--no-experimental-sqlite`, as old Node.js is. */
import { HistoryFolder, observed } from "./historyFolder.js";
import { ManualClock } from "./manualClock.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAYS = 4;
const TEN_YEARS = 3_653 * 24 * HOUR;

async function run(): Promise<void> {
  const place = new HistoryFolder();
  const clock = new ManualClock();
  const begin = clock.now();
  const history = place.history(clock);
  const record = async (value: number) => {
    await history.record(observed(clock.now(), { a: value, b: value < 600 ? "OK" : "ERROR" }));
    await history.maintain(null);
  };
  await record(0);
  for (let minute = 10; minute <= DAYS * 24 * 60; minute += 10) {
    clock.advance(10 * MINUTE);
    await record(minute);
  }
  const to = clock.now();
  const kept = async (points: number) =>
    (await history.query({ metric: "a", from: begin, to, points })).points;
  const points = await kept(1_000);
  const few = await kept(20);
  // A clock that is set years ahead by mistake, and back again.
  clock.jump(TEN_YEARS);
  await record(-1);
  clock.jump(-TEN_YEARS);
  await record(-2);
  const afterJump = await kept(1_000);
  const result = { begin, points, few, afterJump, stats: await history.stats(), troubles: place.troubles };
  await place.dispose();
  console.log(JSON.stringify(result));
}

void run();
