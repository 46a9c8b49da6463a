/** What a connected client takes of the server's memory. */
import { setTimeout as delay } from "node:timers/promises";
import { note } from "../figures.js";
import type { Clients } from "../processes/clients.js";
import type { FusionServerProcess } from "../processes/fusionServer.js";
import { benchmark } from "../support/benchmark.js";
import { Remote } from "../support/remote.js";

const CLIENTS = 2_000;
const WARM_UP_CLIENTS = 200;
const KILOBYTE = 1024;
/** Connections that were made or closed have come to rest by then (ms). */
const REST_MS = 1_000;

async function measure(): Promise<void> {
  const server = new Remote<FusionServerProcess>("processes/fusionServer");
  const clients = new Remote<Clients>("processes/clients");
  try {
    const { port, tokens } = await server.ask("start", {
      bytes: 2_000,
      maxClients: CLIENTS + 10,
      tokens: 1,
    });
    const connect = (count: number) => clients.ask("connect", { port, token: tokens[0] ?? "", count });
    await connect(WARM_UP_CLIENTS);
    await clients.ask("disconnect");
    await delay(REST_MS);
    const before = await server.ask("memoryInUse");
    await connect(CLIENTS);
    await delay(REST_MS);
    const after = await server.ask("memoryInUse");
    const perClient = (bytes: number) => bytes / CLIENTS / KILOBYTE;
    note({
      name: `memory of each of ${CLIENTS} clients: RSS`,
      unit: "KB",
      value: perClient(after.rss - before.rss),
      bound: 30,
    });
    note({
      name: `memory of each of ${CLIENTS} clients: heap`,
      unit: "KB",
      value: perClient(after.heap - before.heap),
      bound: null,
    });
  } finally {
    await clients.stop();
    await server.stop();
  }
}

benchmark({ "memory of a client": measure });
