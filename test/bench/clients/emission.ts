/** What an emission to 5,000 clients costs the server, beside bare WebSockets that send the same bytes: the update, and the status after it. */
import { setTimeout as delay } from "node:timers/promises";
import type { PlainSocketIo } from "../baseline/plainSocketIo.js";
import type { RawWebSockets } from "../baseline/rawWebSockets.js";
import { note, percentile } from "../figures.js";
import type { Clients } from "../processes/clients.js";
import type { FusionServerProcess } from "../processes/fusionServer.js";
import { benchmark } from "../support/benchmark.js";
import { EMISSION_REST_MS, framesOfEmission } from "../support/frames.js";
import { type Metered, Remote } from "../support/remote.js";

const CLIENTS = 5_000;
const ROUNDS = 5;
const EMISSIONS = 3;
const SNAPSHOT_BYTES = 2_000;

/** A server that emits to its clients once; the clients tell when all have it. */
interface Sender {
  readonly server: Metered;
  emit(): Promise<void>;
}

async function measure(): Promise<void> {
  const fusion = new Remote<FusionServerProcess>("processes/fusionServer");
  const raw = new Remote<RawWebSockets>("baseline/rawWebSockets");
  const plain = new Remote<PlainSocketIo>("baseline/plainSocketIo");
  const fusionClients = new Remote<Clients>("processes/clients");
  const rawClients = new Remote<Clients>("processes/clients");
  const plainClients = new Remote<Clients>("processes/clients");
  try {
    const { port, tokens } = await fusion.ask("start", {
      bytes: SNAPSHOT_BYTES,
      maxClients: CLIENTS + 10,
      tokens: 1,
    });
    const address = { port, token: tokens[0] ?? "" };
    // The feed of the newest emissions is part of the status, and has its full length from now on.
    for (let emission = 0; emission < 10; emission++) await fusion.ask("emit");
    const frames = await framesOfEmission(address, () => fusion.ask("emit"));
    const [first = "", ...rest] = frames;
    const none = { token: "", count: CLIENTS };
    await Promise.all([
      fusionClients.ask("connect", { ...address, count: CLIENTS }),
      rawClients.ask("connect", { ...none, ...(await raw.ask("start", first)) }),
      plainClients.ask("connect", { ...none, ...(await plain.ask("start", first)) }),
    ]);

    let revenue = 500_000;
    const replay = (server: Remote<RawWebSockets>, receivers: Remote<Clients>): Sender => ({
      server,
      async emit() {
        revenue++;
        await server.ask("emit", first.replace(/"revenue":\d+/, `"revenue":${revenue}`));
        await receivers.ask("received", revenue);
        for (const frame of rest) await server.ask("emit", frame);
      },
    });
    const senders: Sender[] = [
      {
        server: fusion,
        async emit() {
          await fusionClients.ask("received", (await fusion.ask("emit")).revenue);
        },
      },
      replay(raw, rawClients),
      replay(plain, plainClients),
    ];
    const costs = await costsOf(senders);
    const [fusionCost = 0, rawCost = 0, plainCost = 0] = costs;
    const name = `an emission to ${CLIENTS} clients: CPU against bare ws`;
    note({ name, unit: "ms", value: fusionCost, baseline: rawCost, bound: 1.15 });
    note({
      name: `${name}, of plain socket.io`,
      unit: "ms",
      value: plainCost,
      baseline: rawCost,
      bound: null,
    });
  } finally {
    for (const remote of [fusion, raw, plain, fusionClients, rawClients, plainClients]) await remote.stop();
  }
}

/** CPU milliseconds of each server for an emission, in rounds that alternate. */
async function costsOf(senders: readonly Sender[]): Promise<number[]> {
  const costs = senders.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, { server, emit }] of senders.entries()) {
      const before = await server.ask("cpuMs");
      for (let emission = 0; emission < EMISSIONS; emission++) {
        await emit();
        await delay(EMISSION_REST_MS);
      }
      // The first round is a warm-up.
      if (round > 0) costs[index]?.push(((await server.ask("cpuMs")) - before) / EMISSIONS);
    }
  }
  return costs.map((values) => percentile(values, 50));
}

benchmark({ "an emission to 5,000 clients": measure });
