/** Whether 1,000 metrics keep up with 1,000 lines a second, and what that takes of the host's event loop. */
import { performance } from "node:perf_hooks";
import { systemClock } from "../../../src/core/clock.js";
import { FusionStream } from "../../../src/core/stream.js";
import type { Snapshot } from "../../../src/protocol/snapshot.js";
import { folderSource } from "../../support/folderStream.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";
import { note, percentile } from "../figures.js";
import type { LogWriter } from "../processes/logWriter.js";
import { benchmark } from "../support/benchmark.js";
import { Remote } from "../support/remote.js";
import { cpuMs, monotonicMs } from "../support/usage.js";

const FILES = 200;
const FILE_METRICS = 600;
const LOGS = 100;
const LOG_METRICS = 400;
const LINES_PER_SECOND = 1_000;
const SECONDS = 20;

const LOG_SELECTIONS = [
  { match: "level=", aggregate: "count" },
  { match: "level=error", aggregate: "count" },
  { match: "took (?<value>[0-9]+)ms", aggregate: "avg" },
  { match: "took (?<value>[0-9]+)ms", aggregate: "max" },
];

async function measure(): Promise<void> {
  const folder = new TemporaryFolder();
  writeFolder(folder);
  const writer = new Remote<LogWriter>("processes/logWriter");
  const stream = new FusionStream({ clock: systemClock, log: () => undefined });
  /** When each line of each log was first counted. */
  const counted: number[][] = Array.from({ length: LOGS }, () => []);
  stream.onSnapshot((snapshot) => noteCounts(snapshot, counted));
  stream.follow(folderSource(folder.path));
  try {
    await waitFor(() => stream.latest !== null && isComplete(stream.latest), {
      timeout: 60_000,
      message: "the first value of every metric",
    });
    const before = performance.eventLoopUtilization();
    const cpuBefore = cpuMs();
    const begun = monotonicMs();
    const emissionsBefore = stream.status().metrics.totalEmissions;
    const logs = Array.from({ length: LOGS }, (_, log) => folder.resolve(logName(log)));
    const written = await writer.ask("write", { logs, linesPerSecond: LINES_PER_SECOND, seconds: SECONDS });
    const { utilization } = performance.eventLoopUtilization(before);
    const cpu = (cpuMs() - cpuBefore) / (monotonicMs() - begun);
    const emissions = stream.status().metrics.totalEmissions - emissionsBefore;

    const missing = () => written.flat().length - counted.flat().length;
    await waitFor(() => missing() === 0, { timeout: 15_000 }).catch(() => undefined);
    const lags = written.flatMap((times, log) =>
      times.flatMap((time, line) => {
        const at = counted[log]?.[line];
        return at === undefined ? [] : [at - time];
      }),
    );
    const name = "1,000 metrics, 1,000 lines a second";
    note({ name: `${name}: lines not counted`, unit: "lines", value: missing(), bound: 0 });
    note({ name: `${name}: line to snapshot, p95`, unit: "ms", value: percentile(lags, 95), bound: 1_000 });
    note({ name: `${name}: line to snapshot, p50`, unit: "ms", value: percentile(lags, 50), bound: null });
    note({ name: `${name}: share of the event loop`, unit: "%", value: utilization * 100, bound: null });
    note({ name: `${name}: CPU, all threads`, unit: "%", value: cpu * 100, bound: null });
    note({ name: `${name}: snapshots a second`, unit: "/s", value: emissions / SECONDS, bound: null });
  } finally {
    stream.dispose();
    await writer.stop();
    folder.dispose();
  }
}

function writeFolder(folder: TemporaryFolder): void {
  const metrics: Record<string, unknown> = {};
  for (let file = 0; file < FILES; file++) {
    folder.write({ [`f${file % 10}/${file}.json`]: '{"a": 1, "b": 2, "c": 3}' });
  }
  for (let metric = 0; metric < FILE_METRICS; metric++) {
    const file = metric % FILES;
    metrics[`f${metric}`] = { file: `f${file % 10}/${file}.json`, query: "abc"[Math.floor(metric / FILES)] };
  }
  for (let log = 0; log < LOGS; log++) folder.write({ [logName(log)]: "took 5ms, level=error\n" });
  for (let metric = 0; metric < LOG_METRICS; metric++) {
    metrics[`l${metric}`] = { file: logName(metric % LOGS), ...LOG_SELECTIONS[Math.floor(metric / LOGS)] };
  }
  folder.write({ "fusion.json": JSON.stringify({ metrics }) });
}

function logName(log: number): string {
  return `logs${log % 5}/${log}.log`;
}

function isComplete({ metrics }: Snapshot): boolean {
  const values = Object.entries(metrics).filter(([id]) => /^[fl]\d+$/.test(id));
  return values.length === FILE_METRICS + LOG_METRICS && values.every(([, { available }]) => available);
}

/** The first metric of each log counts its lines; one of them was there before the writer began. */
function noteCounts({ metrics }: Snapshot, counted: number[][]): void {
  const now = monotonicMs();
  counted.forEach((times, log) => {
    const lines = Number(metrics[`l${log}`]?.value ?? 0) - 1;
    while (times.length < lines) times.push(now);
  });
}

benchmark({ "1,000 metrics, 1,000 lines a second": measure });
