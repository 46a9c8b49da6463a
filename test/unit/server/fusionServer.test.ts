import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { networkInterfaces } from "node:os";
import type { Snapshot } from "../../../src/protocol/snapshot.js";
import { listenNear } from "../../../src/server/listen.js";
import { DamagedLedgerError } from "../../../src/server/tokenLedger.js";
import { memoryTokenStorage } from "../../../src/server/tokenStorage.js";
import {
  closeAll,
  event,
  type ServedStream,
  send,
  sendRaw,
  serve,
  upgradeStatus,
} from "../../support/servedStream.js";
import { waitFor } from "../../support/waitFor.js";

describe("A Fusion server", () => {
  afterEach(closeAll);

  it("tells its address, and logs that it listens", async () => {
    const lines: string[] = [];
    const served = await serve({ log: (line) => lines.push(line) });
    assert.equal(served.server.address?.url, `http://127.0.0.1:${served.port}`);
    assert.deepEqual(lines, ["📡 WebSocket server listening for connections..."]);
  });

  it("takes the next free port where the wanted one is taken, and is the same server there", async () => {
    const stranger = createServer((_, res) => res.end("stranger"));
    stranger.listen(0, "127.0.0.1");
    await once(stranger, "listening");
    const { port } = stranger.address() as AddressInfo;
    try {
      const first = await serve({ port });
      const second = await serve({ port });
      assert.ok(first.port > port && first.port <= port + 50);
      assert.ok(second.port > first.port);
      for (const served of [first, second]) {
        assert.equal((await served.request("/api/fusion/stream")).status, 200);
        const client = await served.connected();
        served.stream.emit();
        await event(client, "fusionUpdate");
      }
    } finally {
      stranger.close();
    }
  });

  it("takes any free port where those above the wanted one end", async () => {
    const stranger = createServer();
    stranger.listen(65_535, "127.0.0.1");
    await once(stranger, "listening");
    try {
      const served = await serve({ port: 65_535 });
      assert.equal((await served.request("/api/fusion/stream")).status, 200);
    } finally {
      stranger.close();
    }
  });

  for (const [code, refusal] of [
    ["EACCES", "forbidden"],
    ["EADDRINUSE", "taken"],
  ] as const) {
    it(`binds the same server to the next port after ${code}, and fails with any other trouble`, async () => {
      const server = createServer((_, res) => res.end("the same"));
      const listen = server.listen.bind(server);
      const tried: number[] = [];
      const failWith = (trouble: string | null) => {
        server.listen = ((options: { port: number }) => {
          tried.push(options.port);
          if (trouble === null || tried.length > 1) return listen(options);
          process.nextTick(() => server.emit("error", Object.assign(new Error(trouble), { code: trouble })));
          return server;
        }) as typeof server.listen;
      };
      failWith(code);
      try {
        const { port, ...why } = await listenNear(server, 48_000);
        assert.deepEqual(why, { refusal });
        assert.deepEqual(tried.slice(0, 2), [48_000, 48_001]);
        assert.equal((await send({ port, path: "/" })).text, "the same");
        server.close();
        tried.length = 0;
        failWith("EADDRNOTAVAIL");
        await assert.rejects(listenNear(server, 48_000), { code: "EADDRNOTAVAIL" });
      } finally {
        server.close();
      }
    });
  }

  it("is bound to no other interface", async () => {
    const served = await serve();
    const addresses = Object.values(networkInterfaces())
      .flatMap((found) => found ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4")
      .map(({ address }) => address);
    for (const host of [...addresses, "127.0.0.2", "::1"]) {
      const socket = connect({ port: served.port, host });
      const refused = await new Promise<boolean>((resolve) => {
        socket.once("connect", () => resolve(false));
        socket.once("error", () => resolve(true));
      });
      socket.destroy();
      assert.ok(refused, host);
    }
  });

  it("rejects where what is kept of tokens is damaged", async () => {
    const tokens = memoryTokenStorage();
    await tokens.ledger.update(() => '{"version":1,"keys":[],"tokens":[]}');
    await assert.rejects(serve({ tokens }), DamagedLedgerError);
  });

  for (const listen of [true, false]) {
    it(`connects in process with all rights, listening: ${listen}`, async () => {
      const served = await serve({ listen });
      assert.equal(served.server.address === null, !listen);
      const socket = await served.server.connectInProcess();
      const packets = packetsOf(socket);
      await event(socket, "open");
      socket.send("40");
      await waitFor(() => packets.some((packet) => packet.startsWith('42["fusionUpdate"')));
      await waitFor(() => packets.some((packet) => packet.startsWith('42["fusionStatus"')));
      assert.equal(served.stream.connectedClients, 1);
      socket.send('421["fusionInterval",{"minutes":3}]');
      await waitFor(() => packets.includes('431[{"ok":true,"interval":{"minutes":3}}]'));
      served.stream.emit({ memos: 99 });
      await waitFor(() => packets.some((packet) => packet.includes('"memos":99')));
      socket.close();
      await event(socket, "close");
      await waitFor(() => served.stream.connectedClients === 0);
    });
  }

  it("carries large snapshots in process, and outlives an end that is cut", async () => {
    const served = await serve({ listen: false });
    const socket = await served.server.connectInProcess();
    const packets = packetsOf(socket);
    await event(socket, "open");
    socket.send("40");
    await waitFor(() => served.stream.connectedClients === 1);
    served.stream.emit({ driveSyncLastSync: "x".repeat(3_000_000) });
    await waitFor(() => packets.some((packet) => packet.length > 3_000_000));
    socket.terminate();
    await waitFor(() => served.stream.connectedClients === 0);
    const next = await served.server.connectInProcess();
    await event(next, "open");
    next.terminate();
  });

  it("refuses the client past the limit with 503 and a reason, until one goes", async () => {
    const served = await serve({ maxClients: 2 });
    const first = await served.connected();
    await served.connected();
    assert.equal(await upgradeStatus(served.webSocket({})), 503);
    const polling = await served.request("/socket.io/?EIO=4&transport=polling");
    assert.equal(polling.status, 503);
    assert.match(polling.json.error.message, /2 clients/);
    assert.ok(polling.headers["retry-after"]);
    assert.equal((await served.request("/api/fusion/stream")).status, 200);
    first.disconnect();
    await waitFor(async () => (await upgradeStatus(served.webSocket({}))) === 101);
  });

  it("lets no more in than it serves, though they all come before Socket.IO is loaded", async () => {
    const served = await serve({ maxClients: 1 });
    const headers = { Authorization: `Bearer ${await served.token()}` };
    const statuses = await Promise.all(
      Array.from({ length: 8 }, () => upgradeStatus(served.webSocket(headers))),
    );
    assert.deepEqual(statuses.sort(), [101, ...Array.from({ length: 7 }, () => 503)]);
  });

  it("keeps no place for a session that shows no token, where somebody with one wants it", async () => {
    const served = await serve({ maxClients: 3 });
    const [first, ...others] = [served.webSocket({}), served.webSocket({}), served.webSocket({})] as const;
    for (const stranger of [first, ...others]) await event(stranger, "open");
    const polling = await served.request("/socket.io/?EIO=4&transport=polling", { scope: null });
    assert.equal(polling.status, 200, "nobody is sent away for having no token yet");
    await waitFor(() => first.readyState === first.CLOSED);
    await served.connected();
    const inProcess = await served.server.connectInProcess();
    await event(inProcess, "open");
    await served.connected();
    assert.equal(await upgradeStatus(served.webSocket({})), 503);
  });

  it("stops while Socket.IO is being loaded, and connects nobody then", async () => {
    const served = await serve();
    const closed = served.server.connectInProcess().then((socket) =>
      event(
        socket.on("error", () => undefined),
        "close",
      ),
    );
    await Promise.allSettled([closed, served.server.dispose()]);
    await assert.rejects(served.server.connectInProcess(), /stopping/);
  });

  it("is gone within 2 s of its disposal, whoever is connected", async () => {
    const served = await serve();
    const client = await served.connected();
    const polling = served.client({ token: await served.token(), transports: ["polling"] });
    await event(polling, "connect");
    const inProcess = await served.server.connectInProcess();
    await event(inProcess, "open");
    const deaf = served.webSocket({});
    await event(deaf, "open");
    deaf.pause();
    const silent = connect(served.port, "127.0.0.1");
    await once(silent, "connect");
    const ended = [
      event(client, "disconnect"),
      event(polling, "disconnect"),
      event(inProcess, "close"),
      once(silent, "close"),
    ];
    silent.resume();
    const begun = performance.now();
    await served.server.dispose();
    assert.ok(performance.now() - begun < 2_000);
    const [reason] = await Promise.all(ended);
    assert.equal(reason, "transport close", "a client is to try again by itself");
    await assert.rejects(served.request("/api/fusion/stream"), { code: "ECONNREFUSED" });
    assert.equal(served.stream.connectedClients, 0);
    served.stream.emit();
    await served.server.dispose();
  });

  it("says 503 to what is under way and to what comes while it stops", async () => {
    const served = await serve();
    served.stream.latest = null;
    const collection = new Promise<Snapshot>(() => undefined);
    served.stream.collect = () => collection;
    const token = await served.token("control");
    const held = served.request("/api/fusion/stream", { token });
    const halfWay = connect(served.port, "127.0.0.1");
    let answer = "";
    halfWay.on("data", (chunk: Buffer) => {
      answer += chunk.toString();
    });
    halfWay.write(
      `POST /api/fusion/emitter/interval HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\n` +
        `Authorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"minutes"`,
    );
    await waitFor(() => served.stream.refreshes === 1);
    // What comes on a later connection is read later: the lines above are there when it is answered.
    await sendRaw(served.port, "GET / HTTP/1.0\r\n\r\n");
    const disposed = served.server.dispose();
    halfWay.write(":3}");
    const { status, json, headers } = await held;
    assert.equal(status, 503);
    assert.equal(json.error.code, "UNAVAILABLE");
    assert.ok(headers["retry-after"]);
    await disposed;
    assert.match(answer, /^HTTP\/1\.1 503 /);
    assert.equal(served.stream.status().interval.minutes, 5);
  });
});

function packetsOf(socket: ReturnType<ServedStream["webSocket"]>): string[] {
  const packets: string[] = [];
  socket.on("message", (data) => packets.push(String(data)));
  return packets;
}
