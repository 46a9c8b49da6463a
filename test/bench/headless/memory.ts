/** What the headless server takes of the memory on the sample folder, with one client and after some changes. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { note } from "../figures.js";
import type { Clients } from "../processes/clients.js";
import { benchmark } from "../support/benchmark.js";
import { onSampleFolder } from "../support/onSampleFolder.js";
import { plainServer } from "../support/programs.js";
import { Remote } from "../support/remote.js";

const CHANGES = 50;
const MEGABYTE = 1024 * 1024;

benchmark({
  "headless memory": () =>
    onSampleFolder(async (folder, cli) => {
      const server = await cli.serve();
      const plain = await plainServer(folder);
      const client = new Remote<Clients>("processes/clients");
      try {
        await client.ask("connect", { port: server.port, token: cli.token(), count: 1 });
        for (let mrr = 20_000; mrr < 20_000 + CHANGES; mrr++) {
          writeFileSync(join(folder, "revenue_snapshot.json"), JSON.stringify({ mrr, currency: "USD" }));
          await client.ask("received", mrr);
        }
        await plain.answered("");
        note({
          name: "headless RSS on the sample folder",
          unit: "MB",
          value: server.rss / MEGABYTE,
          bound: 100,
        });
        note({
          name: "headless RSS of the plain server",
          unit: "MB",
          value: plain.rss / MEGABYTE,
          bound: null,
        });
      } finally {
        await client.stop();
        await plain.stop();
        await server.stop();
      }
    }),
});
