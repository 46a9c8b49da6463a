import assert from "node:assert/strict";
import { connect } from "node:net";
import { isDeepStrictEqual } from "node:util";
import { collectGarbage } from "../../support/garbage.js";
import { rawRequest } from "../../support/rawRequest.js";
import {
  closeAll,
  event,
  type Response,
  type ServedStream,
  send,
  sendRaw,
  serve,
} from "../../support/servedStream.js";
import { waitFor } from "../../support/waitFor.js";

describe("Under attack the server goes on serving", function () {
  this.timeout(60_000);
  let served: ServedStream;
  beforeEach(async () => {
    served = await serve();
  });
  afterEach(async () => {
    const client = await served.connected();
    const received: unknown[] = [];
    client.on("fusionUpdate", (snapshot) => received.push(snapshot));
    const snapshot = served.stream.emit();
    await waitFor(() => received.length > 0 && isDeepStrictEqual(received.at(-1), snapshot));
    await closeAll();
  });

  it("a thousand malformed requests", async () => {
    const good = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\n`;
    const shapes = [
      (n: number) => `${"\x00\x01\xff"[n % 3]}${n}\r\n\r\n`,
      (n: number) => `GET / HTTP/9.${n}\r\n\r\n`,
      (n: number) => `${good}Bad Header ${n}: x\r\n\r\n`,
      (n: number) => `${good}X: ${"a".repeat(20_000 + n)}\r\n\r\n`,
      (n: number) => `${good}Content-Length: ${n}\r\nContent-Length: ${n + 1}\r\n\r\n`,
      (n: number) => `${good}Content-Length: ${n}\r\nTransfer-Encoding: chunked\r\n\r\n`,
      (n: number) => `${good}Transfer-Encoding: chunked\r\n\r\nzz${n}\r\n`,
      (n: number) => `${good}Authorization: Bearer \x7f${n}\r\nConnection: close\r\n\r\n`,
      (n: number) => `${good}Origin: \xff\xfe${n}\r\nConnection: close\r\n\r\n`,
      (n: number) => `GET /socket.io/?EIO=4&transport=polling&sid=__proto__${n} HTTP/1.0\r\n\r\n`,
    ];
    for (let at = 0; at < 1_000; at += 50) {
      const batch = Array.from({ length: 50 }, (_, n) => shapes[n % shapes.length]?.(at + n) ?? "");
      const answers = await Promise.all(
        batch.map((text) => sendRaw(served.port, Buffer.from(text, "latin1"))),
      );
      for (const answer of answers) assert.doesNotMatch(answer, /^HTTP\/1\.1 2/);
    }
  });

  it("answers what it cannot parse with a refusal", async () => {
    const answer = await sendRaw(served.port, "nonsense\r\n\r\n");
    assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
    assert.match(answer, /nosniff/);
    assert.match(answer, /\{"ok":false,"error":\{"code":"BAD_REQUEST"/);
    const large = await sendRaw(served.port, `GET / HTTP/1.1\r\nX: ${"a".repeat(17_000)}\r\n\r\n`);
    assert.match(large, /^HTTP\/1\.1 431 /);
  });

  it("engine.io requests of every odd kind", async () => {
    const token = await served.token();
    const base = "/socket.io/?EIO=4&transport=polling";
    const opened = await served.request(base, { token });
    const { sid } = JSON.parse(opened.text.slice(1));
    const paths = [
      "/socket.io/",
      "/socket.io/?EIO=3&transport=polling",
      "/socket.io/?EIO=4&transport=webtransport",
      "/socket.io/?EIO=4&transport=__proto__",
      `${base}&sid=__proto__`,
      `${base}&sid=constructor`,
      `${base}&sid=nonsense`,
      `/socket.io/?EIO=3&transport=polling&sid=${sid}`,
      `/socket.io/?EIO=4&transport=websocket&sid=${sid}`,
      `/socket.io/?EIO=4&transport=polling&transport=websocket&sid=${sid}`,
    ];
    for (const path of paths) isBadRequest(await served.request(path, { token }), path);
    for (const method of ["PUT", "DELETE", "PATCH", "TRACE"]) {
      assert.equal((await served.request(`${base}&sid=${sid}`, { token, method })).status, 405);
    }
    const upgrade = (query: string) => {
      const path = `/socket.io/?transport=websocket&${query}`;
      return rawRequest({ path, token, hosts: [`127.0.0.1:${served.port}`], upgrade: true });
    };
    const opening = upgrade("EIO=4");
    for (const bytes of [
      upgrade("EIO=4&sid=nonsense"),
      upgrade("EIO=3"),
      upgrade(`EIO=3&sid=${sid}`),
      opening.replace("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 7"),
      opening.replace(/Sec-WebSocket-Key: \S+/, "Sec-WebSocket-Key: short"),
    ]) {
      const answer = await sendRaw(served.port, bytes);
      assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/, bytes);
      assert.match(answer, /nosniff/, bytes);
      assert.match(answer, /\r\n\r\n\{"ok":false,"error":\{"code":"BAD_REQUEST"/, bytes);
    }
    const large = await served.request(`${base}&sid=${sid}`, {
      token,
      method: "POST",
      body: "4".repeat(66_000),
    });
    assert.equal(large.status, 413);
    assert.equal(large.json.error.code, "PAYLOAD_TOO_LARGE");
  });

  it("a body that never ends", async () => {
    const token = await served.token("control");
    const socket = connect(served.port, "127.0.0.1");
    let answer = "";
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => {
      answer += chunk.toString();
    });
    socket.write(
      `POST /api/fusion/emitter/interval HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\n` +
        `Authorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n`,
    );
    const chunk = Buffer.alloc(64 * 1_024);
    let sent = 0;
    const pump = () => {
      while (!socket.destroyed && sent < 1_000_000_000) {
        sent += chunk.length;
        if (!socket.write(chunk)) {
          socket.once("drain", pump);
          return;
        }
      }
    };
    pump();
    await waitFor(() => socket.closed);
    assert.match(answer, /^HTTP\/1\.1 413 /);
    assert.ok(sent < 100_000_000, `${sent} bytes were taken`);
  });

  it("a body that was asked about first", async () => {
    const options = { scope: "control" as const, headers: { Expect: "100-continue" } };
    assert.equal((await served.postInterval('{"minutes":3}', options)).status, 200);
    const foreign = await served.postInterval('{"minutes":4}', {
      headers: { Expect: "100-continue", Origin: "http://evil.example" },
    });
    assert.equal(foreign.status, 403);
    assert.equal(served.stream.status().interval.minutes, 3);
  });

  it("frames that are too large, broken or endless", async () => {
    const token = await served.token("control");
    const attacks: ((socket: ReturnType<ServedStream["webSocket"]>) => void)[] = [
      (socket) => socket.send(`42["fusionRefresh","${"a".repeat(65 * 1_024)}"]`),
      (socket) => {
        for (let sent = 0; sent < 100_000; sent += 1) socket.send("a", { fin: false });
      },
      (socket) => socket.send('451000-["fusionRefresh",{"_placeholder":true,"num":0}]'),
      (socket) => {
        socket.send('451-["fusionRefresh",{"_placeholder":true,"num":1e9}]');
        socket.send(Buffer.alloc(1));
      },
      (socket) => socket.send("4nonsense"),
      (socket) => socket.send("nonsense"),
      (socket) => socket.send("40"),
      (socket) => socket.send("44{}"),
      (socket) => socket.send("42{}"),
      (socket) => socket.send('42["connect"]'),
      (socket) => socket.send(`42${"[".repeat(60_000)}`),
      (socket) => socket.send("2probe"),
    ];
    for (const attack of attacks) {
      const socket = served.webSocket({ Authorization: `Bearer ${token}` });
      await event(socket, "open");
      socket.send("40");
      await event(socket, "message");
      attack(socket);
      await waitFor(() => socket.readyState === socket.CLOSED, { message: attack.toString() });
    }
    await waitFor(() => served.stream.connectedClients === 0);
  });

  it("a client that floods is dropped, and the others are answered", async () => {
    const other = await served.connected("refresh");
    const flooder = await served.connected("control");
    const dropped = event(flooder, "disconnect");
    for (let sent = 0; sent < 20_000; sent += 1)
      flooder.emit("fusionInterval", { minutes: 3 }, () => undefined);
    const reply = await other.timeout(30_000).emitWithAck("fusionRefresh");
    assert.equal((reply as { ok: boolean }).ok, true);
    await dropped;
    await waitFor(() => served.stream.connectedClients === 1);
  });

  it("a burst of a thousand refreshes is answered, one with data", async () => {
    const client = await served.connected("refresh");
    const begun = performance.now();
    const replies = await Promise.all(
      Array.from({ length: 1_000 }, () => client.timeout(30_000).emitWithAck("fusionRefresh")),
    );
    const seconds = (performance.now() - begun) / 1_000;
    const oks = (replies as { ok: boolean }[]).filter(({ ok }) => ok);
    assert.ok(oks.length >= 1 && oks.length <= 2 + seconds, `${oks.length} refreshes in ${seconds} s`);
  });

  it("five hundred handshakes that stop half-way", async () => {
    const sockets = Array.from({ length: 500 }, () => {
      const socket = connect(served.port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ");
      return socket;
    });
    assert.equal((await served.request("/api/fusion/stream")).status, 200);
    await served.connected();
    for (const socket of sockets) socket.destroy();
  });

  it("clients that go away in the middle of anything", async () => {
    const token = await served.token();
    const lines = [
      "GET /api/fusion/stream HTTP/1.1",
      "GET /socket.io/?EIO=4&transport=polling HTTP/1.1",
      "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "POST /api/fusion/emitter/interval HTTP/1.1\r\nContent-Length: 50\r\nContent-Type: application/json",
    ];
    for (let round = 0; round < 25; round += 1) {
      await Promise.all(
        lines.map(async (line) => {
          const socket = connect(served.port, "127.0.0.1");
          socket.on("error", () => undefined);
          const text = `${line}\r\nHost: 127.0.0.1:${served.port}\r\nAuthorization: Bearer ${token}\r\n\r\n`;
          await new Promise<void>((resolve) => socket.write(text, () => resolve()));
          socket.resetAndDestroy();
        }),
      );
    }
  });

  it("a client that stops reading costs little memory, and the others nothing", async () => {
    const deaf = served.webSocket({ Authorization: `Bearer ${await served.token()}` });
    await event(deaf, "open");
    deaf.send("40");
    await event(deaf, "message");
    deaf.pause();
    const other = served.client({ token: await served.token() });
    let received = 0;
    other.on("fusionUpdate", () => {
      received += 1;
    });
    await waitFor(() => received === 1);
    collectGarbage();
    const before = process.memoryUsage();
    const size = 1_000_000;
    for (let at = 1; at <= 100; at += 1) {
      served.stream.emit({ driveSyncLastSync: String(at).padEnd(size, "x") });
      await waitFor(() => received === at + 1);
    }
    const growth = () => {
      // Of a buffer that is garbage, the first collection may free only the object that holds it.
      collectGarbage();
      const after = process.memoryUsage();
      return after.external + after.arrayBuffers - before.external - before.arrayBuffers;
    };
    await waitFor(() => growth() < 30 * size, { message: "the memory of a hundred updates to be free" });
    let newest = "";
    deaf.on("message", (data) => {
      newest = String(data);
    });
    deaf.resume();
    await waitFor(() => newest.includes('"driveSyncLastSync":"100x'), { message: "the newest snapshot" });
  });

  it("a request from nobody", async () => {
    const { status } = await send({ port: served.port, path: "/api/fusion/stream" });
    assert.equal(status, 401);
  });
});

function isBadRequest({ status, json, headers }: Response, what: string): void {
  assert.deepEqual([status, json.ok, json.error.code], [400, false, "BAD_REQUEST"], what);
  assert.equal(headers["x-content-type-options"], "nosniff", what);
}
