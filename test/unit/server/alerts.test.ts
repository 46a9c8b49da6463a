import assert from "node:assert/strict";
import { type Alert, FAILED_EMISSIONS } from "../../../src/protocol/alerts.js";
import { alert, MemoryAlerts } from "../../support/memoryAlerts.js";
import { closeAll, type ServedStream, serve } from "../../support/servedStream.js";
import { waitFor } from "../../support/waitFor.js";

const ROUTE = "/api/fusion/alerts";
const RESOLVED = { state: "resolved", resolvedAt: "2025-11-08T18:00:00.000Z" } as const;

describe("Alerts for clients", () => {
  let alerts: MemoryAlerts;
  let served: ServedStream;

  beforeEach(async () => {
    alerts = new MemoryAlerts();
    served = await serve({ alerts });
  });
  afterEach(closeAll);

  async function listening(metrics?: string[]) {
    const client = served.client({ token: await served.token("read", metrics) });
    const turns: Alert[] = [];
    const lists: (readonly Alert[])[] = [];
    client.on("fusionAlert", (turn) => turns.push(turn));
    client.on("fusionAlerts", (list) => lists.push(list));
    await waitFor(() => lists.length > 0, { message: "the list on connection" });
    return { client, turns, lists };
  }

  it("come as a list on connection, then each turn and the list anew", async () => {
    const firing = alert();
    alerts.fire(firing);
    const { turns, lists } = await listening();
    assert.deepEqual(lists, [[firing]]);
    assert.deepEqual(turns, [], "what fired before is no news");
    const resolved = alert(RESOLVED);
    alerts.fire(resolved);
    await waitFor(() => lists.length === 2);
    assert.deepEqual(turns, [resolved]);
    assert.deepEqual(lists[1], [resolved]);
  });

  it("reach every client in order, of a burst all turns and one list", async () => {
    const clients = [await listening(), await listening()];
    const burst = Array.from({ length: 10 }, (_, index) => alert({ id: `a${index}` }));
    for (const each of burst) alerts.fire(each);
    for (const { turns, lists } of clients) {
      await waitFor(() => lists.length === 2);
      assert.deepEqual(turns, burst);
      assert.equal(lists[1]?.length, 10);
    }
  });

  it("keep to what a token may see, the emitter's own to tokens that may see all", async () => {
    const narrow = await listening(["memos", FAILED_EMISSIONS]);
    const wide = await listening();
    const memos = alert({ metric: "memos" });
    alerts.fire(alert());
    alerts.fire(alert({ metric: FAILED_EMISSIONS }));
    alerts.fire(memos);
    await waitFor(() => narrow.lists.length === 2 && wide.lists.length === 2);
    assert.deepEqual(narrow.turns, [memos]);
    assert.deepEqual(narrow.lists, [[], [memos]]);
    assert.equal(wide.turns.length, 3);
    assert.equal(wide.lists[1]?.length, 3);
  });

  it("are answered over HTTP, to the holder of a token that may read them", async () => {
    const memos = alert({ metric: "memos" });
    alerts.fire(memos);
    alerts.fire(alert());
    const all = await served.request(ROUTE);
    assert.equal(all.status, 200);
    assert.deepEqual(all.json.data, alerts.list());
    const narrow = await served.request(ROUTE, { token: await served.token("read", ["memos"]) });
    assert.deepEqual(narrow.json.data, [memos]);
    assert.equal((await served.request(ROUTE, { scope: null })).status, 401);
    assert.equal((await served.request(ROUTE, { method: "POST", body: "{}" })).status, 405);
  });

  it("are not there where the server is given none", async () => {
    const without = await serve();
    assert.equal((await without.request(ROUTE)).status, 404);
  });
});
