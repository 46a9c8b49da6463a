import assert from "node:assert/strict";
import { io } from "socket.io-client";
import type { Snapshot } from "../../../src/protocol/snapshot.js";
import { Cli } from "../../support/cli.js";
import { waitFor } from "../../support/waitFor.js";

const FILE = "data/revenue_snapshot.json";

describe("a stream whose process was put to sleep", () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
    cli.folder.write({ [FILE]: '{"mrr": 1}' });
  });
  afterEach(() => cli.dispose());

  it("catches up in one emission, is the same process, and keeps its clients", async function () {
    this.timeout(60_000);
    const serving = await cli.serve();
    const client = io(serving.url, {
      auth: { token: await cli.token("--scope", "refresh") },
      transports: ["websocket"],
    });
    const seen: Snapshot[] = [];
    let disconnections = 0;
    client.on("fusionUpdate", (snapshot) => seen.push(snapshot));
    client.on("disconnect", () => {
      disconnections += 1;
    });
    try {
      for (let round = 1; round <= 3; round += 1) {
        const last = round * 100;
        await waitFor(() => seen.length > 0);
        const before = await refreshed(client);
        serving.signal("SIGSTOP");
        for (let mrr = last - 50; mrr <= last; mrr += 1) cli.folder.writeAtomically(FILE, `{"mrr": ${mrr}}`);
        serving.signal("SIGCONT");
        await waitFor(() => seen.at(-1)?.revenue === last, { timeout: 20_000, message: `MRR ${last}` });
        const after = await refreshed(client);
        assert.equal(after.sequence, before.sequence + 2, "one for the sleep, one for the refresh");
      }
      assert.equal(disconnections, 0);
      assert.deepEqual(
        seen.map(({ sequence }) => sequence),
        seen.map((_, at) => (seen[0]?.sequence ?? 0) + at),
        "none doubled, none left out",
      );
    } finally {
      serving.signal("SIGCONT");
      client.disconnect();
    }
  });
});

/** The answer to a refresh, asked again where the last one is not a second ago. */
function refreshed(client: ReturnType<typeof io>): Promise<Snapshot> {
  return waitFor(async () => {
    const reply = await client.timeout(10_000).emitWithAck("fusionRefresh");
    return reply.ok && (reply.data as Snapshot);
  });
}
