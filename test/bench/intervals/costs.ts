/**
 * What the intervals cost an hour, on the sample folder with the server and one client. Time is accelerated; what a socket
 * does by its own clock, a ping every 25 s, is not in it; what memory is held to, the headless part says. With FUSION_WRITE set, README and the interval picker get the
 * figures.
 */
import { readFileSync, writeFileSync } from "node:fs";
import type { IntervalCost } from "../../../src/vscode/intervalCosts.js";
import { costsModule, withIntervalTable } from "../../support/intervalTable.js";
import { sampleWorkspace } from "../../support/sampleWorkspace.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { note } from "../figures.js";
import type { Clients } from "../processes/clients.js";
import type { Emitter } from "../processes/emitter.js";
import { benchmark } from "../support/benchmark.js";
import { Remote } from "../support/remote.js";

const INTERVALS = [3, 5, 10];
/** Long enough for the code to have been compiled, and for the memory to be at its level. */
const WARM_UP_HOURS = 2;
const HOURS = 4;
const MEGABYTE = 1024 * 1024;

benchmark({
  "costs of the intervals": async () => {
    const costs: IntervalCost[] = [];
    for (const minutes of INTERVALS) costs.push(await costOf(minutes));
    for (const { minutes, emissions, cpuSeconds, memoryMegabytes } of costs) {
      const at = `every ${minutes} minutes`;
      note({ name: `emissions an hour, ${at}`, unit: "", value: emissions, bound: null });
      note({ name: `CPU an hour, ${at}`, unit: "s", value: cpuSeconds, bound: 5 });
      note({ name: `memory, ${at}`, unit: "MB", value: memoryMegabytes, bound: null });
    }
    if (!process.env.FUSION_WRITE) return;
    writeFileSync("src/vscode/intervalCosts.ts", costsModule(costs));
    writeFileSync("README.md", withIntervalTable(readFileSync("README.md", "utf8"), costs));
  },
});

/** Each interval has processes of its own: what one leaves in memory is not the next one's. */
async function costOf(minutes: number): Promise<IntervalCost> {
  const sample = await sampleWorkspace();
  const state = new TemporaryFolder();
  const emitter = new Remote<Emitter>("processes/emitter");
  const client = new Remote<Clients>("processes/clients");
  try {
    const { port, token } = await emitter.ask("start", {
      folder: sample.folder,
      state: state.path,
      minutes,
    });
    await client.ask("connect", { port, token, count: 1 });
    await emitter.ask("live", WARM_UP_HOURS);
    const before = await emitter.ask("cpuMs");
    const emissions = await emitter.ask("live", HOURS);
    const used = (await emitter.ask("cpuMs")) - before;
    // Hours that pass in seconds leave more garbage than a process would let lie.
    const { rss } = await emitter.ask("memoryInUse");
    return {
      minutes,
      emissions: emissions / HOURS,
      cpuSeconds: Number((used / 1_000 / HOURS).toFixed(2)),
      memoryMegabytes: Math.round(rss / MEGABYTE),
    };
  } finally {
    await client.stop();
    await emitter.stop();
    state.dispose();
    await sample.remove();
  }
}
