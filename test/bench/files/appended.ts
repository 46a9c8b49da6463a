/** What one more line in a large log costs, and whether the memory stays flat over many. */
import { open, stat } from "node:fs/promises";
import { folderSource } from "../../support/folderStream.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";
import { note, percentile } from "../figures.js";
import { benchmark } from "../support/benchmark.js";
import { elapsed } from "../support/compare.js";
import { appendLine, writeLargeLog } from "../support/largeFiles.js";
import { settle } from "../support/settled.js";
import { memoryInUse } from "../support/usage.js";

/** By then the heaps have found their sizes. */
const WARM_UP_LINES = 1_000;
const LINES = 1_000;
const MEGABYTE = 1024 * 1024;

async function measure(): Promise<void> {
  const folder = new TemporaryFolder();
  const log = folder.resolve("app.log");
  let lines = writeLargeLog(log);
  let { size } = await stat(log);
  const metrics = {
    lines: { file: "app.log", match: "level=", aggregate: "count" },
    took: { file: "app.log", match: "took (?<value>[0-9]+)ms", aggregate: "avg" },
  };
  folder.write({ "fusion.json": JSON.stringify({ metrics }) });
  const source = folderSource(folder.path);
  const collected: number[] = [];
  const plain: number[] = [];

  const append = async () => {
    const { offset, length } = appendLine(log, size, lines);
    size += length;
    lines++;
    const read = () => elapsed(() => readLine(log, offset, length));
    const collect = () => elapsed(() => collectLines(lines));
    // Whoever comes second may find the line in a warmer cache.
    if (lines % 2 === 0) collected.push(await collect());
    plain.push(await read());
    if (lines % 2 === 1) collected.push(await collect());
  };
  const collectLines = (wanted: number) =>
    waitFor(async () => (await source.collect()).snapshot.metrics.lines?.value === wanted, {
      interval: 0,
      message: `line ${wanted}`,
    });

  try {
    await settle(source, Object.keys(metrics));
    for (let line = 0; line < WARM_UP_LINES; line++) await append();
    collected.length = 0;
    plain.length = 0;
    const before = memoryInUse();
    for (let line = 0; line < LINES; line++) await append();
    const after = memoryInUse();
    note({
      name: "one line more in a log of 100 MB: time against reading the line",
      unit: "ms",
      value: percentile(collected, 50),
      baseline: percentile(plain, 50),
      bound: 5,
    });
    const grown = { unit: "MB", name: `growth over ${LINES} lines more` };
    note({ ...grown, name: `${grown.name}: heap`, value: (after.heap - before.heap) / MEGABYTE, bound: 1 });
    note({ ...grown, name: `${grown.name}: RSS`, value: (after.rss - before.rss) / MEGABYTE, bound: 8 });
  } finally {
    source.dispose();
    folder.dispose();
  }
}

async function readLine(path: string, offset: number, length: number): Promise<void> {
  const file = await open(path);
  await file.read(Buffer.allocUnsafe(length), 0, length, offset);
  await file.close();
}

benchmark({ "one line more in a log of 100 MB": measure });
