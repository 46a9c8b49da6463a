/** Keeps a history and prints what came of it, as JSON: run with `--no-experimental-sqlite`, as old Node.js is. */
import { HistoryFolder, observed } from "./historyFolder.js";

const BEGIN = Date.parse("2025-11-08T17:00:00Z");

async function run(): Promise<void> {
  const place = new HistoryFolder();
  const history = place.history();
  for (let minute = 0; minute <= 60 * 49; minute += 10) {
    await history.record(observed(BEGIN + minute * 60_000, { a: minute, b: minute < 600 ? "OK" : "ERROR" }));
  }
  await history.maintain();
  const to = BEGIN + 49 * 3_600_000;
  const { points } = await history.query({ metric: "a", from: BEGIN, to, points: 1_000 });
  const few = await history.query({ metric: "a", from: BEGIN, to, points: 20 });
  const result = { points, few: few.points, stats: await history.stats(), troubles: place.troubles };
  await place.dispose();
  console.log(JSON.stringify(result));
}

void run();
