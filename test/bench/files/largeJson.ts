/**
 * How long the event loop is blocked while 20 MB of JSON that changed are read, from the write to the snapshot. The bound
 * holds what the loop's thread ran in one go: on a busy machine the clock measures whoever else had the processor. Both
 * are told, and what the clock says of a process that does nothing meanwhile.
 */
import { renameSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { systemClock } from "../../../src/core/clock.js";
import { FusionStream } from "../../../src/core/stream.js";
import type { Metric } from "../../../src/protocol/snapshot.js";
import { folderSource } from "../../support/folderStream.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";
import { note, percentile } from "../figures.js";
import type { Idle } from "../processes/idle.js";
import { benchmark } from "../support/benchmark.js";
import { writeLargeIndex } from "../support/largeFiles.js";
import { type LongestBlock, LoopWatch } from "../support/loopWatch.js";
import { Remote } from "../support/remote.js";
import { memoryInUse, monotonicMs } from "../support/usage.js";

const CHANGES = 7;
const LIMIT_MS = 10_000;

/** @param id of the metric that shows the file's total */
async function measure(name: string, file: string, id: string): Promise<void> {
  const folder = new TemporaryFolder();
  for (let total = 0; total <= CHANGES; total++) writeLargeIndex(folder.resolve(`next-${total}`), total);
  const change = (total: number) => renameSync(folder.resolve(`next-${total}`), folder.resolve(file));
  if (id !== "memos") {
    folder.write({ "fusion.json": JSON.stringify({ metrics: { [id]: { file, query: "totalMemos" } } }) });
  }
  change(0);
  const stream = new FusionStream({ clock: systemClock, log: () => undefined });
  const idle = new Remote<Idle>("processes/idle");
  stream.follow(folderSource(folder.path));
  const shown = (total: number) =>
    waitFor(() => hasValue(stream.latest?.metrics[id], total), {
      timeout: LIMIT_MS,
      interval: 5,
      message: name,
    });
  try {
    await shown(0);
    const watch = new LoopWatch();
    const blocks: LongestBlock[] = [];
    const idleBlocks: LongestBlock[] = [];
    const durations: number[] = [];
    for (let total = 1; total <= CHANGES; total++) {
      // The benchmark's own garbage is not the product's.
      memoryInUse();
      await delay(50);
      await idle.ask("watch");
      watch.start();
      const begun = monotonicMs();
      change(total);
      await shown(total);
      durations.push(monotonicMs() - begun);
      blocks.push(watch.stop());
      idleBlocks.push(await idle.ask("longestBlock"));
    }
    const ran = blocks.map((block) => block.ran);
    const elapsed = blocks.map((block) => block.elapsed);
    const idleElapsed = idleBlocks.map((block) => block.elapsed);
    const told = { unit: "ms", bound: null };
    const median = `median of ${CHANGES} changes`;
    const block = `${name}: longest block of the loop`;
    note({ name: `${block}, ${median}`, unit: "ms", value: percentile(ran, 50), bound: 10 });
    note({ ...told, name: `${block} of all`, value: Math.max(...ran) });
    note({
      ...told,
      name: `${block} by the clock, ${median}`,
      value: percentile(elapsed, 50),
    });
    note({
      ...told,
      name: `${name}: the same of an idle process meanwhile`,
      value: percentile(idleElapsed, 50),
    });
    note({ name: `${name}: write to snapshot`, unit: "ms", value: percentile(durations, 50), bound: null });
  } finally {
    stream.dispose();
    await idle.stop();
    folder.dispose();
  }
}

/** @throws Error that says why the metric has no value */
function hasValue(metric: Metric | undefined, value: number): boolean {
  if (metric?.error) throw new Error(metric.error);
  return metric?.value === value;
}

benchmark({
  "20 MB of JSON changed": () => measure("20 MB of JSON changed", "large.json", "large"),
  "20 MB of memo_index.json changed": () =>
    measure("20 MB of memo_index.json changed", "memo_index.json", "memos"),
});
