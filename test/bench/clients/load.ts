/** The load that is promised: 1,000 clients with 20 KB a second each. */
import { setTimeout as delay } from "node:timers/promises";
import { note, percentile } from "../figures.js";
import type { Clients } from "../processes/clients.js";
import type { FusionServerProcess } from "../processes/fusionServer.js";
import { benchmark } from "../support/benchmark.js";
import { Remote } from "../support/remote.js";

const CLIENTS = 1_000;
const SNAPSHOT_BYTES = 20 * 1024;
const SECONDS = 12;
const WARM_UP_CLIENTS = 100;

async function measure(): Promise<void> {
  const server = new Remote<FusionServerProcess>("processes/fusionServer");
  const clients = new Remote<Clients>("processes/clients");
  try {
    const { port, tokens } = await server.ask("start", {
      bytes: SNAPSHOT_BYTES,
      maxClients: CLIENTS,
      tokens: 1,
    });
    const connect = (count: number) => clients.ask("connect", { port, token: tokens[0] ?? "", count });
    await connect(WARM_UP_CLIENTS);
    await clients.ask("disconnect");
    await delay(500);
    const before = (await server.ask("memoryInUse")).rss;
    await connect(CLIENTS);
    const delays: number[] = [];
    let rss = 0;
    for (let second = 0; second < SECONDS; second++) {
      const next = delay(1_000);
      const { revenue, at } = await server.ask("emit");
      const times = await clients.ask("received", revenue);
      delays.push(...times.map((time) => time - at));
      rss = Math.max(rss, await server.ask("rss"));
      await next;
    }
    const name = "1,000 clients with 20 KB a second";
    note({ name: `${name}: emission to client, p95`, unit: "ms", value: percentile(delays, 95), bound: 250 });
    note({
      name: `${name}: RSS of each client, at most`,
      unit: "KB",
      value: (rss - before) / CLIENTS / 1024,
      bound: 64,
    });
  } finally {
    await clients.stop();
    await server.stop();
  }
}

benchmark({ "1,000 clients with 20 KB a second": measure });
