/** The longest block of the event loop while a file goes bad in each way that there is, beside an idle process. */
import { renameSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import type { Metric } from "../../../src/protocol/snapshot.js";
import { BAD_FILES, type BadFile } from "../../support/badFiles.js";
import { FollowedFolder } from "../../support/followedFolder.js";
import { waitFor } from "../../support/waitFor.js";
import { declaration, WATCHED_FILES, type WatchedFile } from "../../support/watchedFiles.js";
import { note } from "../figures.js";
import type { Idle } from "../processes/idle.js";
import { benchmark } from "../support/benchmark.js";
import { Remote } from "../support/remote.js";
import { memoryInUse } from "../support/usage.js";

const LIMIT_MS = 100_000;

/** What nobody is to notice (ms). */
const BOUND_MS = 200;

/** Root may read what nobody may read: there is nothing to measure then. */
const CASES = BAD_FILES.filter(
  ({ name }) => process.getuid?.() !== 0 || name !== "a file that nobody may read",
);

async function measure(bad: BadFile): Promise<void> {
  const folder = new FollowedFolder();
  const idle = new Remote<Idle>("processes/idle");
  const struck = WATCHED_FILES.filter(bad.strikes);
  const ends: (() => void)[] = [];
  const until = (isThere: (metric: Metric | undefined, file: WatchedFile) => unknown) =>
    waitFor(() => struck.every((file) => isThere(folder.metric(file.id), file)), {
      timeout: LIMIT_MS,
      interval: 5,
      message: bad.name,
    });
  try {
    for (const { file, content } of WATCHED_FILES) folder.write({ [file]: content(1) });
    folder.write({ "fusion.json": declaration(), "next/keep": "" });
    // Made before: to make them is not the product's work.
    const next = (file: string) => folder.resolve(`next/${file}`);
    for (const file of struck) ends.push(bad.make?.(next(file.file), file, 2) ?? (() => undefined));
    folder.follow();
    await until((metric, { value }) => metric?.available && metric.value === value(1));
    memoryInUse();
    await delay(50);

    await idle.ask("watch");
    const probe = monitorEventLoopDelay({ resolution: 1 });
    probe.enable();
    for (const { file } of struck) {
      if (bad.make === null) folder.remove(file);
      else renameSync(next(file), folder.resolve(file));
    }
    await until((metric, { value }) => !metric?.available || metric.value === value(2));
    probe.disable();
    note({ name: `${bad.name}: longest block`, unit: "ms", value: probe.max / 1e6, bound: BOUND_MS });
    note({
      name: `${bad.name}: longest block of an idle process`,
      unit: "ms",
      value: await idle.ask("longestBlock"),
      bound: null,
    });
  } finally {
    for (const end of ends) end();
    await idle.stop();
    folder.dispose();
  }
}

benchmark(Object.fromEntries(CASES.map((bad) => [bad.name, () => measure(bad)])));
