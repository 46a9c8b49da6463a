/** How long a write on disk takes to the last of 100 clients of the headless server. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { note, percentile } from "../figures.js";
import type { Clients } from "../processes/clients.js";
import { benchmark } from "../support/benchmark.js";
import { onSampleFolder } from "../support/onSampleFolder.js";
import { Remote } from "../support/remote.js";
import { monotonicMs } from "../support/usage.js";

const CLIENTS = 100;
const WRITES = 60;
const WARM_UP_WRITES = 10;

benchmark({
  "write on disk to the last client": () =>
    onSampleFolder(async (folder, cli) => {
      const server = await cli.serve();
      const clients = new Remote<Clients>("processes/clients");
      const delays: number[] = [];
      try {
        await clients.ask("connect", { port: server.port, token: cli.token(), count: CLIENTS });
        for (let write = 0; write < WARM_UP_WRITES + WRITES; write++) {
          const mrr = 20_000 + write;
          // At no fixed distance from the server's own timers.
          await delay(20 + ((write * 7) % 60));
          const written = monotonicMs();
          writeFileSync(join(folder, "revenue_snapshot.json"), JSON.stringify({ mrr, currency: "USD" }));
          const last = Math.max(...(await clients.ask("received", mrr)));
          if (write >= WARM_UP_WRITES) delays.push(last - written);
        }
      } finally {
        await clients.stop();
        await server.stop();
      }
      const name = `write on disk to the last of ${CLIENTS} clients`;
      note({ name: `${name}, p50`, unit: "ms", value: percentile(delays, 50), bound: null });
      note({ name: `${name}, p95`, unit: "ms", value: percentile(delays, 95), bound: 60 });
    }),
});
