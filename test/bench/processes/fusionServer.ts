/** The product's server as it is shipped, over a stream that a benchmark commands. */
import { systemClock } from "../../../src/core/clock.js";
import { FusionStream } from "../../../src/core/stream.js";
import { startBuiltServer } from "../support/builtServer.js";
import { HeldSource } from "../support/heldSource.js";
import { answer } from "../support/remote.js";
import { monotonicMs, usageRequests } from "../support/usage.js";

const TOKEN_SECONDS = 3_600;

const stream = new FusionStream({ clock: systemClock, log: () => undefined });

const requests = {
  ...usageRequests,
  /** @param bytes of a snapshot, at least */
  async start({ bytes, maxClients, tokens }: { bytes: number; maxClients: number; tokens: number }) {
    stream.follow(new HeldSource(bytes));
    await stream.refresh();
    const server = await startBuiltServer(stream, { maxClients });
    const request = { name: "benchmark", scope: "read", expiresIn: TOKEN_SECONDS } as const;
    return {
      port: server.address?.port ?? 0,
      tokens: await Promise.all(
        Array.from({ length: tokens }, async () => (await server.tokens.issue(request)).text),
      ),
    };
  },
  /** Emits; gives the revenue in the snapshot, and when the emission began. */
  async emit() {
    const at = monotonicMs();
    return { revenue: (await stream.refresh()).revenue ?? 0, at };
  },
};

export type FusionServerProcess = typeof requests;

answer(requests);
