import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import type { Snapshot } from "../../../src/protocol/snapshot.js";
import { STALLED_MS } from "../../../src/server/outbox.js";
import { ManualClock } from "../../support/manualClock.js";
import { rawRequest } from "../../support/rawRequest.js";
import {
  closeAll,
  event,
  type ServedStream,
  sendRaw,
  serve,
  upgradeStatus,
} from "../../support/servedStream.js";
import { waitFor } from "../../support/waitFor.js";

const ROUTE = "/api/fusion/stream";
const POLLING = "/socket.io/?EIO=4&transport=polling";
const WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
const CLIENTS = 1_000;
const MEGABYTE = 1 << 20;

describe("The limits", function () {
  this.timeout(120_000);
  afterEach(closeAll);

  it(`hold ${CLIENTS} clients, and tell the next one why there is no place, on either transport`, async () => {
    const served = await serve();
    const headers = { Authorization: `Bearer ${await served.token()}` };
    let received = 0;
    for (let held = 0; held < CLIENTS; held += 50) {
      await Promise.all(
        Array.from({ length: 50 }, async () => {
          const socket = served.webSocket(headers);
          socket.on("message", (data) => {
            if (String(data).startsWith('42["fusionUpdate"')) received += 1;
          });
          await event(socket, "open");
          socket.send("40");
        }),
      );
    }
    await waitFor(() => served.stream.connectedClients === CLIENTS, { timeout: 60_000 });
    // With a token of its own: a thousand requests of one may have come within a second already.
    const webSocket = served.webSocket({ Authorization: `Bearer ${await served.token()}` });
    const refused = new Promise<string>((resolve) =>
      webSocket.once("unexpected-response", (_, res) => {
        res.on("data", (chunk: Buffer) => resolve(`${res.statusCode} ${chunk}`));
      }),
    );
    assert.match(await refused, /^503 .*"code":"UNAVAILABLE".*1000 clients/);
    const polling = await served.request(POLLING);
    assert.equal(polling.status, 503);
    assert.match(polling.json.error.message, /1000 clients/);
    assert.ok(polling.headers["retry-after"]);
    await waitFor(() => received === CLIENTS);
    served.stream.emit();
    await waitFor(() => received === 2 * CLIENTS, { timeout: 30_000, message: "every client's update" });
  });

  it("are passed by no doubled parameter, of which engine.io would read the other one", async () => {
    const served = await serve({ maxClients: 1 });
    await served.connected();
    const token = await served.token();
    for (const doubled of ["&sid=x&sid=", "&sid=&sid=x", "&sid=x&sid=y", "&a=1&a=2"]) {
      for (const bearer of [{ scope: null }, { token }]) {
        const polling = await served.request(`${POLLING}${doubled}`, bearer);
        assert.deepEqual([polling.status, polling.json.error.code], [400, "BAD_REQUEST"], doubled);
      }
      for (const headers of [{}, { Authorization: `Bearer ${token}` }]) {
        const webSocket = served.webSocket(headers, `${WEBSOCKET}${doubled}`);
        assert.equal(await upgradeStatus(webSocket), 400, doubled);
      }
    }
    assert.equal((await served.request(POLLING, { token })).status, 503);
  });

  it("hold for requests that come in one piece, before any of them has its session", async () => {
    const served = await serve({ maxClients: 2 });
    await served.connected();
    const poll = { path: POLLING, token: await served.token(), hosts: [`127.0.0.1:${served.port}`] };
    const pieces = [...Array(9).fill(rawRequest({ ...poll, keepAlive: true })), rawRequest(poll)];
    const answers = await sendRaw(served.port, pieces.join(""));
    const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status);
    assert.deepEqual(statuses.sort(), ["200", ...Array(9).fill("503")]);
  });

  describe("of wrong tokens", () => {
    let clock: ManualClock;
    let served: ServedStream;
    beforeEach(async () => {
      clock = new ManualClock();
      served = await serve({ clock });
    });
    const wrong = (path = ROUTE, n = 0) => served.request(path, { token: `wrong${n}` });

    it("slow down who sends an eleventh one, by HTTP and by polling", async () => {
      for (const path of [ROUTE, POLLING]) {
        for (let n = 0; n < 10; n += 1) assert.equal((await wrong(path, n)).status, 401);
        const eleventh = await wrong(path);
        assert.equal(eleventh.status, 429);
        assert.equal(eleventh.json.error.code, "RATE_LIMITED");
        assert.equal(eleventh.headers["retry-after"], "1");
        assert.equal(eleventh.headers.connection, "close");
        clock.advance(1_000);
        assert.equal((await wrong(path)).status, 401, "one more a second");
        assert.equal((await wrong(path)).status, 429);
        clock.advance(60_000);
      }
    });

    it("slow it down by WebSocket, and in a handshake that is open already", async () => {
      const headers = { Authorization: "Bearer wrong" };
      for (let n = 0; n < 10; n += 1) assert.equal(await upgradeStatus(served.webSocket(headers)), 401);
      assert.equal(await upgradeStatus(served.webSocket(headers)), 429);

      const socket = served.webSocket({});
      const packets: string[] = [];
      socket.on("message", (data) => packets.push(String(data)));
      await event(socket, "open");
      const ended = event(socket, "close");
      clock.advance(2_000);
      for (let n = 1; n <= 3; n += 1) {
        socket.send(`40{"token":"wrong${n}"}`);
        await waitFor(() => packets.filter((packet) => packet.startsWith("44")).length === n);
      }
      await ended;
      assert.equal(packets.filter((packet) => packet.includes("UNAUTHORIZED")).length, 2);
      assert.equal(packets.filter((packet) => packet.includes("RATE_LIMITED")).length, 1);
    });

    it("shut nobody out who has a good one", async () => {
      const token = await served.token();
      for (let n = 0; n < 30; n += 1) await wrong(ROUTE, n);
      assert.equal((await served.request(ROUTE, { token })).status, 200);
      await served.connected();
      assert.equal((await wrong()).status, 429);
    });
  });

  describe("of what waits for a client that has stopped reading", () => {
    const serverEnds: Socket[] = [];
    const accepted = (message: unknown) => serverEnds.push((message as { socket: Socket }).socket);
    let clock: ManualClock;
    let served: ServedStream;
    beforeEach(async () => {
      subscribe("net.server.socket", accepted);
      clock = new ManualClock();
      served = await serve({ clock });
    });
    afterEach(() => {
      unsubscribe("net.server.socket", accepted);
      serverEnds.length = 0;
    });

    it("keep it below a megabyte, give it the newest alone, and drop it after 30 s", async () => {
      const deaf = served.webSocket({ Authorization: `Bearer ${await served.token()}` });
      await event(deaf, "open");
      deaf.send("40");
      await waitFor(() => served.stream.connectedClients === 1);
      deaf.pause();
      const other = await served.connected();
      let newest: Snapshot | undefined;
      other.on("fusionUpdate", (snapshot) => {
        newest = snapshot;
      });
      let most = 0;
      const filler = "x".repeat(20_000);
      for (let at = 0; at < 600; at += 1) {
        const { sequence } = served.stream.emit({ driveSyncLastSync: filler });
        await waitFor(() => newest?.sequence === sequence, { interval: 1 });
        most = Math.max(most, ...serverEnds.map(({ writableLength }) => writableLength));
      }
      assert.ok(most > 0, "the client must have stalled");
      assert.ok(most <= MEGABYTE, `${most} bytes waited`);

      clock.advance(STALLED_MS);
      await waitFor(() => served.stream.connectedClients === 1);
      const sequences: number[] = [];
      deaf.on("message", (data) => sequences.push(Number(/"sequence":(\d+)/.exec(String(data))?.[1])));
      deaf.resume();
      await waitFor(() => deaf.readyState === deaf.CLOSED);
      assert.ok(sequences.length < 600, "what was in nobody's queue is not sent");
      const last = served.stream.emit();
      await waitFor(() => newest?.sequence === last.sequence);
    });

    it("drop a polling client that polls no more", async () => {
      const token = await served.token();
      const { text } = await served.request(POLLING, { token });
      const path = `${POLLING}&sid=${JSON.parse(text.slice(1)).sid}`;
      await served.request(path, { token, method: "POST", body: "40" });
      await waitFor(() => served.stream.connectedClients === 1);
      for (let at = 0; at < 100; at += 1) served.stream.emit();
      clock.advance(STALLED_MS - 1);
      assert.equal(served.stream.connectedClients, 1);
      clock.advance(1);
      await waitFor(() => served.stream.connectedClients === 0);
      assert.equal((await served.request(path, { token })).status, 400, "its session is no more");
    });
  });
});
