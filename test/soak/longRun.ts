/**
 * A working day of the stream with its history, its alerts, its server and clients, in the minutes that its emissions
 * themselves take: what is held afterwards must be what was held before.
 */
import { appendFileSync, readdirSync } from "node:fs";
import { StreamAlerts } from "../../src/core/alerts/streamAlerts.js";
import type { LoadedConfig } from "../../src/core/config/configFile.js";
import { FollowedHistory } from "../../src/core/history/followedHistory.js";
import { FusionStream } from "../../src/core/stream.js";
import { note } from "../bench/figures.js";
import type { Clients } from "../bench/processes/clients.js";
import { benchmark } from "../bench/support/benchmark.js";
import { startBuiltServer } from "../bench/support/builtServer.js";
import { Remote } from "../bench/support/remote.js";
import { memoryInUse } from "../bench/support/usage.js";
import { folderSource } from "../support/folderStream.js";
import { HISTORY_WORKER } from "../support/historyFolder.js";
import { HurriedClock } from "../support/hurriedClock.js";
import { TemporaryFolder } from "../support/temporaryFolder.js";

const HOURS = 8;
const CHANGE_EVERY_MS = 10_000;
const CHANGES = (HOURS * 3_600_000) / CHANGE_EVERY_MS;
/** As many changes as come in an interval of five minutes. */
const INTERVAL_CHANGES = 30;
/** Until then code is compiled, and caches fill. */
const WARM_AFTER = CHANGES / 8;
const CLIENTS = 10;
const MEGABYTE = 1024 * 1024;

const CONFIG = {
  metrics: {
    latency: { file: "app.log", match: "took (?<value>[0-9.]+)ms", unit: "ms" },
    open: { file: "bugs.json", query: "length(items[?state=='open'])" },
  },
  alerts: [
    { metric: "revenue", above: 10_050, severity: "warning" },
    { metric: "latency", risesBy: 20, within: "1h" },
  ],
};

benchmark({ [`${HOURS} hours`]: day });

async function day(): Promise<void> {
  const folder = new TemporaryFolder();
  const storage = new TemporaryFolder();
  const log = () => undefined;
  const clock = new HurriedClock();
  const stream = new FusionStream({ clock, log });
  const alerts = new StreamAlerts({ stream, clock, storage: storage.path, onListenerError: fail });
  const history = new FollowedHistory({
    stream,
    clock,
    workerScript: HISTORY_WORKER,
    retentionDays: () => 400,
    log,
  });
  const server = await startBuiltServer(stream, { alerts, history });
  const clients = new Remote<Clients>("processes/clients");
  const held: Held[] = [];
  try {
    writeFiles(folder, 0);
    folder.write({ "fusion.json": JSON.stringify(CONFIG), "drive_sync.log": "" });
    history.follow({ file: storage.resolve("history.sqlite"), repository: folder.path });
    const monitor = alerts.follow("folder", true);
    const onConfig = ({ config }: LoadedConfig) => monitor.define(config.alerts);
    stream.follow(folderSource(folder.path, clock, undefined, { onConfig }));
    const request = { name: "soak", scope: "read", expiresIn: 3_600 } as const;
    const { text: token } = await server.tokens.issue(request);
    const port = server.address?.port ?? 0;
    await clients.ask("connect", { port, token, count: CLIENTS });
    for (let change = 1; change <= CHANGES; change++) {
      clock.skipTo(clock.monotonic() + CHANGE_EVERY_MS);
      writeFiles(folder, change);
      await clients.ask("received", revenueOf(change));
      if (change % INTERVAL_CHANGES === 0) {
        await stream.refresh();
        await askEverything(port, token);
      }
      if (change === WARM_AFTER) held.push(tellHeld("at the start"));
      if (change === CHANGES / 2) held.push(tellHeld("in the middle"));
    }
    held.push(tellHeld("at the end"));
    tellGrowth(held);
    const { totalEmissions, failedEmissions } = stream.status().metrics;
    note({ name: "emissions", value: totalEmissions, unit: "", bound: null });
    note({ name: "failed emissions", value: failedEmissions, unit: "", bound: 0 });
    const turns = alerts.list().filter(({ state }) => state === "resolved").length;
    note({ name: "alerts that are over and remembered", value: turns, unit: "", bound: 100 });
  } finally {
    await clients.stop();
    await server.dispose();
    await history.dispose();
    alerts.dispose();
    stream.dispose();
    await alerts.flushed();
    folder.dispose();
    storage.dispose();
  }
}

function fail(error: unknown): never {
  throw error;
}

function revenueOf(change: number): number {
  return 10_000 + change;
}

/** Every file has a new value with each change; the alert on the log's fires and ends every hour. */
function writeFiles(folder: TemporaryFolder, change: number): void {
  const took = 100 + (change % 360 < 180 ? 0 : 50);
  appendFileSync(folder.resolve("app.log"), `GET /customers took ${took}.${change % 10}ms\n`);
  appendFileSync(
    folder.resolve("drive_sync.log"),
    `${new Date().toISOString()} ${change % 90 === 0 ? "ERROR" : "OK"}\n`,
  );
  const items = Array.from({ length: change % 7 }, () => ({ state: "open" }));
  folder.writeAtomically("bugs.json", JSON.stringify({ items }));
  folder.writeAtomically("memo_index.json", JSON.stringify({ totalMemos: change % 500 }));
  folder.writeAtomically(
    "revenue_snapshot.json",
    JSON.stringify({ mrr: revenueOf(change), currency: "USD" }),
  );
}

/** What a page and a script ask for. */
async function askEverything(port: number, token: string): Promise<void> {
  const headers = { Authorization: `Bearer ${token}` };
  const paths = ["api/fusion/stream", "api/fusion/history?metric=revenue", "api/fusion/alerts", "metrics"];
  for (const path of paths) {
    const response = await fetch(`http://127.0.0.1:${port}/${path}`, { headers });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    await response.arrayBuffer();
  }
}

interface Held {
  /** Megabytes, without garbage. */
  readonly heap: number;
  /** Megabytes, those of the worker threads included. */
  readonly rss: number;
  readonly handles: number;
}

function tellHeld(when: string): Held {
  const { heap, rss } = memoryInUse();
  const held = { heap: heap / MEGABYTE, rss: rss / MEGABYTE, handles: readdirSync("/proc/self/fd").length };
  note({ name: `heap ${when}`, value: held.heap, unit: "MB", bound: null });
  note({ name: `RSS ${when}`, value: held.rss, unit: "MB", bound: null });
  note({ name: `open handles ${when}`, value: held.handles, unit: "", bound: null });
  return held;
}

function tellGrowth([, middle, end]: readonly Held[]): void {
  if (!middle || !end) throw new Error("The day was too short");
  note({ name: "heap, second half", value: end.heap - middle.heap, unit: "MB more", bound: 1 });
  note({ name: "RSS, second half", value: end.rss - middle.rss, unit: "MB more", bound: 10 });
  note({ name: "open handles, second half", value: end.handles - middle.handles, unit: "more", bound: 2 });
}
