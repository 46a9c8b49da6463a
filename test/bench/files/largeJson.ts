/** How long the event loop is blocked while 20 MB of JSON that changed are read, from the write to the snapshot. */
import { renameSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
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
    const blocks: number[] = [];
    const idleBlocks: number[] = [];
    const durations: number[] = [];
    for (let total = 1; total <= CHANGES; total++) {
      // The benchmark's own garbage is not the product's.
      memoryInUse();
      await delay(50);
      await idle.ask("watch");
      const probe = monitorEventLoopDelay({ resolution: 1 });
      probe.enable();
      const begun = monotonicMs();
      change(total);
      await shown(total);
      durations.push(monotonicMs() - begun);
      probe.disable();
      blocks.push(probe.max / 1e6);
      idleBlocks.push(await idle.ask("longestBlock"));
    }
    note({
      name: `${name}: longest block of the loop, median of ${CHANGES} changes`,
      unit: "ms",
      value: percentile(blocks, 50),
      bound: 10,
    });
    note({ name: `${name}: longest block of all`, unit: "ms", value: Math.max(...blocks), bound: null });
    note({
      name: `${name}: longest block of an idle process meanwhile, median`,
      unit: "ms",
      value: percentile(idleBlocks, 50),
      bound: null,
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
