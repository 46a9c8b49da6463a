/**
 * An hour of the headless server, or as many minutes as are given: files that change every few seconds in every way in
 * which files do, clients that come, stall and go. What it holds must not grow, and no change may be missed.
 */
import { setTimeout as delay } from "node:timers/promises";
import { note } from "../bench/figures.js";
import { benchmark } from "../bench/support/benchmark.js";
import { Cli } from "../support/cli.js";
import { GitRepository } from "../support/gitRepository.js";
import { growth } from "../support/growth.js";
import { PassingClients } from "../support/passingClients.js";
import { type ProcessSample, ServerSampler } from "../support/serverSampler.js";
import { type Expected, SoakedFolder } from "../support/soakedFolder.js";
import { WatchingClient } from "../support/watchingClient.js";

const MINUTES = Number(process.argv[2]);
const MINUTE = 60_000;
const CHANGE_EVERY_MS = 2_000;
/** What a change has time for until it counts as missed (ms). */
const PATIENCE_MS = 5_000;
/** So that a short run has a line to draw too. */
const SAMPLES = 30;
const SAMPLE_EVERY_MS = Math.min(MINUTE, (MINUTES * MINUTE) / SAMPLES);
/** V8 would make more room for garbage, at this pace, than what comes at a user's ever needs. */
const ENVIRONMENT = { NODE_OPTIONS: "--max-semi-space-size=1" };
/** Misses of which it is told what they were. */
const TOLD = 10;

benchmark({ [`${MINUTES} minutes`]: soak });

interface Course {
  readonly samples: ProcessSample[];
  changes: number;
  missed: number;
  longestMs: number;
}

async function soak(): Promise<void> {
  const repository = new GitRepository();
  const cli = new Cli(ENVIRONMENT, [], repository);
  const folder = new SoakedFolder(repository);
  const serving = await cli.serve();
  const watching = new WatchingClient(serving.url, await cli.token("--scope", "refresh"));
  const passing = new PassingClients(serving.url, await cli.token());
  const sampler = new ServerSampler(serving, await cli.token());
  const course: Course = { samples: [], changes: 0, missed: 0, longestMs: 0 };
  try {
    const end = performance.now() + MINUTES * MINUTE;
    let sampleAt = performance.now() + SAMPLE_EVERY_MS;
    while (performance.now() < end) {
      const next = delay(CHANGE_EVERY_MS);
      await watch(folder.change(), watching, course);
      await passing.turn();
      if (course.changes % 5 === 0) await watching.refresh();
      await sampler.lookAtHeap();
      if (performance.now() >= sampleAt) {
        sampleAt += SAMPLE_EVERY_MS;
        passing.leave();
        course.samples.push(await sampler.sample());
      }
      await next;
    }
    tell(course, watching, passing);
  } finally {
    passing.leave();
    watching.close();
    await cli.dispose();
  }
}

/** Waits until all that a change is to bring has come to the client, and counts it as missed where that takes too long. */
async function watch(expected: Expected, watching: WatchingClient, course: Course): Promise<void> {
  const begun = performance.now();
  const lacking = await watching.receives(expected, PATIENCE_MS);
  course.changes += 1;
  course.longestMs = Math.max(course.longestMs, performance.now() - begun);
  if (lacking.length === 0) return;
  course.missed += 1;
  if (course.missed <= TOLD)
    process.stdout.write(`  change ${course.changes} missed: ${lacking.join("; ")}\n`);
}

function tell(
  { samples, changes, missed, longestMs }: Course,
  watching: WatchingClient,
  passing: PassingClients,
): void {
  console.table(samples);
  const [, half = []] = halves(samples);
  const grown = (of: (sample: ProcessSample) => number) => growth(half.map(of));
  // Between two collections of garbage the heap grows as it may: only its lowest points speak of what is held.
  const [before = [], after = []] = halves(half.map(({ heapMB }) => heapMB));
  const heapGrown = Math.min(...after) - Math.min(...before);
  note({ name: "changes", value: changes, unit: "", bound: null });
  note({ name: "missed changes", value: missed, unit: "", bound: 0 });
  note({ name: "numbers left out at a client", value: watching.leftOut, unit: "", bound: 0 });
  note({ name: "refused refreshes", value: watching.refused, unit: "", bound: 0 });
  note({ name: "slowest change", value: longestMs, unit: "ms", bound: PATIENCE_MS });
  note({ name: "longest gap between two emissions", value: watching.longestGapMs, unit: "ms", bound: null });
  note({ name: "clients that came and went", value: passing.came, unit: "", bound: null });
  note({ name: "clients and questions served wrongly", value: passing.wrong, unit: "", bound: 0 });
  note({ name: "heap, second half", value: heapGrown, unit: "MB more", bound: 2 });
  note({ name: "RSS, second half", value: grown(({ rssMB }) => rssMB), unit: "MB more", bound: 10 });
  note({ name: "open handles, second half", value: grown(({ handles }) => handles), unit: "more", bound: 2 });
  note({ name: "threads, second half", value: grown(({ threads }) => threads), unit: "more", bound: 1 });
}

function halves<T>(values: readonly T[]): T[][] {
  const middle = Math.floor(values.length / 2);
  return [values.slice(0, middle), values.slice(middle)];
}
