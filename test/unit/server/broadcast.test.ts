import assert from "node:assert/strict";
import type { Snapshot } from "../../../src/protocol/snapshot.js";
import { snapshotView } from "../../../src/server/views.js";
import { closeAll, event, type ServedStream, serve, type TestClient } from "../../support/servedStream.js";
import { waitFor } from "../../support/waitFor.js";

const TRANSPORTS = [["websocket"], ["polling"], ["polling", "websocket"]];
const FILTERS = [undefined, ["revenue"], ["memos", "recommendations"], []];

/** A snapshot's insights that make it so many characters longer. */
function insights(length: number, letter = "ä"): Snapshot["insights"] {
  const source = { file: "data/ERIC_recommendations.json", line: 1 };
  return [{ id: "1", title: letter.repeat(length), priority: null, description: null, source }];
}

async function audience(served: ServedStream) {
  const clients: { readonly updates: Snapshot[]; readonly filter: readonly string[] | null }[] = [];
  for (const transports of TRANSPORTS) {
    for (const filter of FILTERS) {
      const client = served.client({ token: await served.token("read", filter), transports });
      const updates: Snapshot[] = [];
      client.on("fusionUpdate", (snapshot) => updates.push(snapshot));
      clients.push({ updates, filter: filter ?? null });
    }
  }
  await waitFor(() => clients.every(({ updates }) => updates.length === 1));
  return clients;
}

const isUpgraded = ({ io: { engine } }: TestClient) => engine.transport.name === "websocket";

describe("An emission", () => {
  afterEach(closeAll);

  it("reaches every client whole and once, by every transport and with every filter", async () => {
    const served = await serve();
    const clients = await audience(served);
    for (const length of [0, 1, 200, 70_000]) {
      const snapshot = served.stream.emit({ insights: insights(length) });
      await waitFor(() => clients.every(({ updates }) => updates.at(-1)?.sequence === snapshot.sequence));
      for (const { updates, filter } of clients) {
        assert.deepEqual(updates.at(-1), JSON.parse(JSON.stringify(snapshotView(snapshot, filter))));
      }
    }
    for (const { updates } of clients) {
      const sequences = updates.map(({ sequence }) => sequence);
      assert.deepEqual(
        sequences,
        [...new Set(sequences)].sort((a, b) => a - b),
      );
    }
  });

  it("is not lost by a client in the middle of its upgrade", async () => {
    const served = await serve();
    const token = await served.token();
    const seen: Snapshot[][] = [];
    const clients = Array.from({ length: 10 }, () => {
      const client = served.client({ token, transports: ["polling", "websocket"] });
      const updates: Snapshot[] = [];
      client.on("fusionUpdate", (snapshot) => {
        updates.push(snapshot);
        if (!clients.every(isUpgraded)) served.stream.emit();
      });
      seen.push(updates);
      return client;
    });
    await waitFor(() => clients.every(isUpgraded));
    const last = served.stream.emit({ insights: insights(100) });
    await waitFor(() => seen.every((updates) => updates.at(-1)?.sequence === last.sequence));
    for (const updates of seen) {
      const sequences = updates.map(({ sequence }) => sequence);
      assert.deepEqual(
        sequences,
        [...new Set(sequences)].sort((a, b) => a - b),
      );
    }
  });

  it("goes before the status that it changed", async () => {
    const served = await serve();
    const client = await served.connected();
    const events: string[] = [];
    await event(client, "fusionStatus");
    client.onAny((name) => events.push(name));
    served.stream.setInterval(4);
    served.stream.emit();
    served.stream.setInterval(3);
    await waitFor(() => events.length === 2);
    assert.deepEqual(events, ["fusionUpdate", "fusionStatus"]);
  });

  it("waits, as the newest only, for a client that does not read, and for nobody else", async () => {
    const served = await serve();
    const stalled = served.webSocket({ Authorization: `Bearer ${await served.token()}` });
    const packets: string[] = [];
    stalled.on("message", (data) => packets.push(String(data)));
    await event(stalled, "open");
    stalled.send("40");
    await waitFor(() => packets.some((packet) => packet.startsWith('42["fusionStatus"')));
    const other = await served.connected();
    stalled.pause();
    const emissions = 60;
    for (let count = 0; count < emissions; count += 1) {
      const update = event(other, "fusionUpdate");
      served.stream.emit({ insights: insights(500_000, "x") });
      assert.deepEqual(await update, served.stream.latest);
    }
    stalled.resume();
    const sequences = () =>
      packets
        .filter((packet) => packet.startsWith('42["fusionUpdate"'))
        .map((packet) => JSON.parse(packet.slice(2))[1].sequence as number);
    await waitFor(() => sequences().at(-1) === served.stream.latest?.sequence);
    assert.ok(sequences().length < emissions, "what it could not take was not kept for it");
    assert.deepEqual(
      sequences(),
      [...new Set(sequences())].sort((a, b) => a - b),
    );
  });
});
