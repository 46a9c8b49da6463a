import assert from "node:assert/strict";
import type { StreamHealth } from "../../../src/protocol/health.js";
import type { Snapshot } from "../../../src/protocol/snapshot.js";
import type { StreamStatus } from "../../../src/protocol/status.js";
import { ALLOWED_ORIGIN, closeAll, event, serve, type TestClient } from "../../support/servedStream.js";
import { waitFor } from "../../support/waitFor.js";

interface Reply {
  ok: boolean;
  data?: Snapshot;
  interval?: { minutes: number };
  error?: { code: string; message: string };
}

describe("Socket.IO clients", () => {
  afterEach(closeAll);

  for (const transports of [["websocket"], ["polling"], ["polling", "websocket"]]) {
    it(`get the held snapshot and the status at once, then every emission (${transports.join(", then ")})`, async () => {
      const served = await serve();
      const client = served.client({ token: await served.token(), transports });
      const updates: Snapshot[] = [];
      client.on("fusionUpdate", (snapshot) => updates.push(snapshot));
      const status = await event<StreamStatus>(client, "fusionStatus");
      assert.deepEqual(status.interval, { minutes: 5 });
      assert.deepEqual(updates, [served.stream.latest]);
      assert.equal(served.stream.refreshes, 0, "a connection collects nothing");
      const next = served.stream.emit({ memos: 18 });
      await waitFor(() => updates.length === 2);
      assert.deepEqual(updates[1], next);
    });
  }

  it("upgrade from polling to WebSocket from an allowed origin", async () => {
    const served = await serve();
    const client = served.client({
      token: await served.token(),
      transports: ["polling", "websocket"],
      extraHeaders: { Origin: ALLOWED_ORIGIN },
    });
    await event(client, "connect");
    await waitFor(() => client.io.engine.transport.name === "websocket");
    served.stream.emit();
    assert.deepEqual(await event(client, "fusionUpdate"), served.stream.latest);
  });

  it("wait for the first snapshot where there is none", async () => {
    const served = await serve();
    served.stream.latest = null;
    const client = await served.connected();
    const update = event(client, "fusionUpdate");
    assert.deepEqual(await event<StreamStatus>(client, "fusionStatus").then(({ feed }) => feed), []);
    served.stream.emit();
    assert.deepEqual(await update, served.stream.latest);
  });

  it("hear of a changed status", async () => {
    const served = await serve();
    const client = await served.connected();
    const statuses: StreamStatus[] = [];
    client.on("fusionStatus", (status) => statuses.push(status));
    served.stream.setInterval(3);
    await waitFor(() => statuses.some(({ interval }) => interval.minutes === 3));
  });

  it("are counted", async () => {
    const served = await serve();
    const first = await served.connected();
    await served.connected();
    await waitFor(() => served.stream.connectedClients === 2);
    first.disconnect();
    await waitFor(() => served.stream.connectedClients === 1);
  });

  it("are refused without a good token", async () => {
    const served = await serve();
    const token = await served.token();
    const tokens = [null, "", "nonsense", `${token}x`, "a".repeat(50_000)];
    for (const bad of tokens) {
      const client = served.client({ token: bad });
      const error = await event<Error & { data: Reply }>(client, "connect_error");
      assert.equal(error.data.ok, false);
      assert.equal(error.data.error?.code, "UNAUTHORIZED");
      assert.equal(error.data.error?.message, error.message);
    }
    for (const auth of [{ token: 5 }, { token: { toString: "x" } }, { token: null }, { token: [token] }]) {
      const error = await event<Error>(served.client({ token: null, auth }), "connect_error");
      assert.equal(error.message, "The token is not valid.");
    }
    assert.equal(served.stream.connectedClients, 0);
  });

  it("may bring the token in the handshake's Authorization header", async () => {
    const served = await serve();
    const extraHeaders = { Authorization: `Bearer ${await served.token("refresh")}` };
    for (const transports of [["websocket"], ["polling"]]) {
      const client = served.client({ token: null, transports, extraHeaders });
      await event(client, "connect");
    }
    const both = served.client({ token: "nonsense", extraHeaders });
    await event(both, "connect_error");
  });

  it("may try again on the same connection with a better token, but connect only once", async () => {
    const served = await serve();
    const token = await served.token();
    const socket = served.webSocket({});
    const packets: string[] = [];
    socket.on("message", (data) => packets.push(String(data)));
    await event(socket, "open");
    socket.send('40{"token":"nonsense"}');
    await waitFor(() => packets.some((packet) => packet.startsWith("44")));
    socket.send(`40{"token":"${token}"}`);
    socket.send(`40{"token":"${token}"}`);
    await waitFor(() => packets.some((packet) => packet.startsWith("40")));
    await waitFor(() => socket.readyState === socket.CLOSED || served.stream.connectedClients === 1);
    assert.ok(served.stream.connectedClients <= 1);
    assert.ok(packets.filter((packet) => packet.startsWith("40")).length === 1);
  });

  it("find no other namespace", async () => {
    const served = await serve();
    const socket = served.webSocket({ Authorization: `Bearer ${await served.token()}` });
    const packets: string[] = [];
    socket.on("message", (data) => packets.push(String(data)));
    await event(socket, "open");
    socket.send("40/admin,{}");
    await waitFor(() => packets.some((packet) => packet.startsWith("44/admin,")));
  });

  it("refresh, each once a second", async () => {
    const served = await serve();
    const client = await served.connected("refresh");
    const other = await served.connected("refresh");
    const update = event(other, "fusionUpdate");
    const first = await ask(client, "fusionRefresh");
    assert.deepEqual(first, { ok: true, data: served.stream.latest });
    assert.equal(served.stream.refreshes, 1);
    await update;
    const second = await ask(client, "fusionRefresh");
    assert.equal(second.ok, false);
    assert.equal(second.error?.code, "RATE_LIMITED");
    assert.equal((await ask(other, "fusionRefresh")).ok, true, "another client has its own second");
    assert.equal(served.stream.refreshes, 2);
    const again = await waitFor(async () => {
      const reply = await ask(client, "fusionRefresh");
      return reply.ok && reply;
    });
    assert.equal(again.data?.sequence, 4);
  });

  it("are told why a refresh failed", async () => {
    const served = await serve();
    served.stream.collect = () => Promise.reject(new Error("The folder is gone."));
    const client = await served.connected("refresh");
    assert.deepEqual(await ask(client, "fusionRefresh"), {
      ok: false,
      error: { code: "COLLECTION_FAILED", message: "The folder is gone." },
    });
  });

  it("ask how the stream is doing, as far as their token lets them see", async () => {
    const served = await serve();
    const source = {
      ...({ kind: "file", name: "data.csv", metrics: ["churn", "revenue"], state: "available" } as const),
      ...{ readAt: null, changedAt: null, size: 9, cost: { last: 1, p95: 1 }, lastError: null },
    };
    served.stream.sources = [source, { ...source, name: "secret.csv", metrics: ["secret"] }];
    served.stream.failures = [{ time: "2025-11-08T17:40:38.902Z", message: "secret.csv" }];
    const whole = await ask(await served.connected(), "fusionHealth");
    assert.deepEqual(whole, { ok: true, data: served.stream.health() });
    const seen = await ask(await served.connected("read", ["revenue"]), "fusionHealth");
    assert.deepEqual((seen.data as unknown as StreamHealth).sources, [{ ...source, metrics: ["revenue"] }]);
    assert.ok(!JSON.stringify(seen).includes("secret"));
  });

  it("set the interval, if it is one", async () => {
    const served = await serve();
    const client = await served.connected("control");
    assert.deepEqual(await ask(client, "fusionInterval", { minutes: 4.5 }), {
      ok: true,
      interval: { minutes: 4.5 },
    });
    for (const request of [{ minutes: 2 }, { minutes: "5" }, { minutes: [5] }, {}, null, 5, "5", []]) {
      const reply = await ask(client, "fusionInterval", request);
      assert.equal(reply.error?.code, "BAD_REQUEST", JSON.stringify(request));
    }
    assert.equal((await ask(client, "fusionInterval")).error?.code, "BAD_REQUEST");
    assert.equal(served.stream.status().interval.minutes, 4.5);
  });

  it("may do no more than their scope", async () => {
    const served = await serve();
    const reader = await served.connected("read");
    assert.equal((await ask(reader, "fusionRefresh")).error?.code, "FORBIDDEN");
    assert.equal((await ask(reader, "fusionInterval", { minutes: 3 })).error?.code, "FORBIDDEN");
    const refresher = await served.connected("refresh");
    assert.equal((await ask(refresher, "fusionInterval", { minutes: 3 })).error?.code, "FORBIDDEN");
    assert.equal(served.stream.refreshes, 0);
    assert.equal(served.stream.status().interval.minutes, 5);
  });

  it("see only the metrics of their token, in everything", async () => {
    const served = await serve();
    const change = { label: "x", format: "number", unit: null, from: 1, to: 2 } as const;
    served.stream.feed = [
      {
        sequence: 1,
        timestamp: "",
        trigger: "file",
        collectMs: 1,
        changes: [
          { ...change, metric: "memos" },
          { ...change, metric: "revenue" },
        ],
      },
    ];
    const all = await served.connected();
    const client = served.client({ token: await served.token("refresh", ["revenue"]) });
    const received: unknown[] = [];
    client.onAny((_, payload) => received.push(payload));
    await waitFor(() => received.length >= 2);
    const reply = await ask(client, "fusionRefresh");
    await waitFor(() => received.length >= 3);
    const text = JSON.stringify([received, reply]);
    assert.match(text, /revenue/);
    assert.doesNotMatch(text, /memo|driveSync|recommend|insight/i);
    served.stream.emit();
    assert.deepEqual(await event(all, "fusionUpdate"), served.stream.latest);
  });

  it("are disconnected when their token expires", async () => {
    const served = await serve();
    const token = await served.token("read", undefined, 1);
    const reasons = [["websocket"], ["polling"]].map((transports) =>
      event(served.client({ token, transports }), "disconnect"),
    );
    assert.deepEqual(await Promise.all(reasons), ["io server disconnect", "io server disconnect"]);
    const late = served.client({ token });
    const error = await event<Error>(late, "connect_error");
    assert.equal(error.message, "The token has expired.");
    await waitFor(() => served.stream.connectedClients === 0);
  });

  it("get nothing where their token expires between the handshake and the connection", async () => {
    const served = await serve();
    const token = await served.token("read", undefined, 1);
    const socket = served.webSocket({ Authorization: `Bearer ${token}` });
    const packets: string[] = [];
    socket.on("message", (data) => packets.push(String(data)));
    await event(socket, "open");
    await waitFor(async () => (await served.request("/api/fusion/stream", { token })).status === 401);
    socket.send("40");
    await waitFor(() => socket.readyState === socket.CLOSED);
    assert.match(packets.join("\n"), /"fusionEnd",.*The token has expired\./);
    assert.doesNotMatch(packets.join("\n"), /fusionUpdate|fusionStatus/);
  });

  it("may leave out the acknowledgement, and send what they like", async () => {
    const served = await serve();
    const client = await served.connected("control");
    client.emit("fusionRefresh");
    await waitFor(() => served.stream.refreshes === 1);
    client.emit("fusionRefresh", 1, "two", { three: 3 }, null);
    client.emit("fusionInterval");
    client.emit("fusionInterval", null, { minutes: 3 });
    client.emit("nonsense", {});
    client.emit("error", {});
    client.emit("toString", {});
    client.emit("__proto__", {});
    client.emit("fusionUpdate", {});
    client.emit("fusionRefresh", new Uint8Array(100));
    const unknown = await ask(client, "constructor", { minutes: 3 });
    assert.equal(unknown.error?.code, "NOT_FOUND");
    assert.equal(served.stream.refreshes, 1);
    assert.equal(served.stream.status().interval.minutes, 5);
    assert.ok(client.connected);
  });
});

function ask(client: TestClient, name: string, ...payload: unknown[]): Promise<Reply> {
  return client.timeout(5_000).emitWithAck(name, ...payload) as Promise<Reply>;
}
