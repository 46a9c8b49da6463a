/** The stream over a folder with the product's server, at a clock that the benchmark moves. */
import { resolve } from "node:path";
import { setTimeout as delay, setImmediate as turn } from "node:timers/promises";
import type { FolderSource } from "../../../src/core/folderSource.js";
import { CheckpointFile } from "../../../src/core/sources/checkpointFile.js";
import { FusionStream, type StreamSource } from "../../../src/core/stream.js";
import { folderSource } from "../../support/folderStream.js";
import { ManualClock } from "../../support/manualClock.js";
import { startBuiltServer } from "../support/builtServer.js";
import { answer } from "../support/remote.js";
import { usageRequests } from "../support/usage.js";

/** How often the stream looks at its files. */
const LOOK_MS = 15_000;
const HOUR_MS = 3_600_000;
/** After an emission its status goes out, this much later (ms) by the server's own clock. */
const STATUS_MS = 120;

const clock = new ManualClock(Date.now());
const stream = new FusionStream({ clock, log: () => undefined });
let collected: () => void = () => undefined;

const requests = {
  ...usageRequests,
  async start({ folder, state, minutes }: { folder: string; state: string; minutes: number }) {
    const source = folderSource(folder, clock, new CheckpointFile(resolve(state, "checkpoints.json")));
    stream.setInterval(minutes);
    stream.follow(telling(source));
    await stream.refresh();
    const server = await startBuiltServer(stream);
    const request = { name: "benchmark", scope: "read", expiresIn: 3_600 } as const;
    const { text: token } = await server.tokens.issue(request);
    return { port: server.address?.port ?? 0, token };
  },
  /** Lets hours pass; gives how many emissions there were. */
  async live(hours: number): Promise<number> {
    const before = stream.status().metrics.totalEmissions;
    for (let passed = 0; passed < hours * HOUR_MS; passed += LOOK_MS) {
      const emissions = stream.status().metrics.totalEmissions;
      const done = new Promise<void>((told) => {
        collected = told;
      });
      clock.advance(LOOK_MS);
      await done;
      await turn();
      if (stream.status().metrics.totalEmissions > emissions) await delay(STATUS_MS);
    }
    return stream.status().metrics.totalEmissions - before;
  },
};

/** The same source, which also tells when a collection has ended. */
function telling(source: FolderSource): StreamSource {
  return {
    watching: true,
    collect: () => source.collect().finally(() => collected()),
    figures: () => source.figures(),
    onChange: (listener) => source.onChange(listener),
    dispose: () => source.dispose(),
  };
}

export type Emitter = typeof requests;

answer(requests);
