import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import type { WebSocket } from "ws";
import type { HistoryPort } from "../../../src/server/historyPort.js";
import { closeAll, event, type ServedStream, serve } from "../../support/servedStream.js";
import { waitFor } from "../../support/waitFor.js";

const POLLING = "/socket.io/?EIO=4&transport=polling";

/** Greedy clients that hold a good token. Each is cut off; what a test needs besides goes on meanwhile. */
describe("A flood", function () {
  this.timeout(60_000);
  let served: ServedStream;
  let token: string;
  beforeEach(async () => {
    served = await serve();
    token = await served.token("control");
  });
  afterEach(closeAll);

  const joined = async () => {
    const socket = served.webSocket({ Authorization: `Bearer ${token}` });
    await event(socket, "open");
    socket.send("40");
    await waitFor(() => served.stream.connectedClients === 1);
    return socket;
  };
  const isCut = async (socket: WebSocket, what: string) => {
    await waitFor(() => socket.readyState === socket.CLOSED, {
      message: `the end of ${what}`,
      timeout: 30_000,
    });
    await waitFor(() => served.stream.connectedClients === 0);
    assert.equal((await served.request("/api/fusion/stream")).status, 200);
  };

  it("of ten thousand events ends the WebSocket that it comes by", async () => {
    const socket = await joined();
    for (let sent = 0; sent < 10_000; sent += 1) socket.send('42["fusionHealth"]');
    await isCut(socket, "a flooding WebSocket");
  });

  it("of questions whose answers nobody reads makes few of them", async () => {
    let bytes = 0;
    const health = served.stream.health.bind(served.stream);
    const message = "x".repeat(100_000);
    served.stream.health = () => {
      bytes += message.length;
      return { ...health(), status: message as "active" };
    };
    const socket = await joined();
    const raw = Reflect.get(socket, "_socket") as Socket;
    raw.pause();
    for (let sent = 0; sent < 1_900; sent += 1) socket.send(`42${sent}["fusionHealth"]`);
    await waitFor(() => !raw.writableLength);
    assert.equal((await served.request("/api/fusion/stream")).status, 200);
    // What the system itself holds for the two ends of a connection, and a megabyte.
    assert.ok(bytes < 16_000_000, `${bytes} bytes were made`);
    raw.resume();
    const answers: string[] = [];
    socket.on("message", (data) => answers.push(String(data)));
    await waitFor(() => answers.length >= 1_900);
    assert.ok(answers.filter((answer) => answer.includes(message)).length >= 200);
    assert.ok(answers.filter((answer) => answer.includes("RATE_LIMITED")).length > 1_000);
  });

  it("of questions to the history ends with the client that asked them", async () => {
    let asked = 0;
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const history: HistoryPort = {
      async query({ metric, from, to }) {
        asked += 1;
        await released;
        return { metric, from, to, points: [] };
      },
      metrics: async () => [],
      commits: async () => [],
    };
    served = await serve({ history });
    token = await served.token("control");
    const socket = await joined();
    for (let sent = 0; sent < 200; sent += 1) socket.send(`42${sent}["fusionHistory",{"metric":"memos"}]`);
    socket.send('42["fusionInterval",{"minutes":3}]');
    await waitFor(() => served.stream.status().interval.minutes === 3, { message: "all that was sent" });
    socket.terminate();
    await waitFor(() => served.stream.connectedClients === 0);
    release();
    const client = await served.connected();
    assert.equal((await client.emitWithAck("fusionHistory", { metric: "memos" })).ok, true);
    assert.ok(asked <= 3, `${asked} questions were asked`);
  });

  it("of ten thousand events in polls ends the session that it comes by", async () => {
    const session = await polled(served, token);
    const post = (body: string) => served.request(session, { token, method: "POST", body });
    const events = Array.from({ length: 2_500 }, () => '42["fusionHealth"]').join("\x1e");
    const statuses = [];
    for (let at = 0; at < 4; at += 1) statuses.push((await post(events)).status);
    assert.equal(statuses.at(-1), 400, "the session is no more");
    await waitFor(() => served.stream.connectedClients === 0);
    assert.equal((await served.request("/api/fusion/stream")).status, 200);
  });

  it("of pings that nobody takes the answers of ends the WebSocket", async () => {
    await endsWhileItReadsNothing(await joined(), (socket) => socket.ping(Buffer.alloc(125)));
    await waitFor(() => served.stream.connectedClients === 0);
  });

  it("of probes ends a WebSocket that a polling session only tries", async () => {
    const session = await polled(served, token);
    const socket = served.webSocket(
      { Authorization: `Bearer ${token}` },
      session.replace("transport=polling", "transport=websocket"),
    );
    await event(socket, "open");
    await endsWhileItReadsNothing(socket, () => socket.send("2probe"));
    const answer = await served.request(session, { token });
    assert.equal(answer.status, 200, "the session itself goes on");
  });

  it("of a million fragments of a byte, or of none, ends the WebSocket", async () => {
    for (const fragment of ["a", ""]) {
      const socket = await joined();
      for (let sent = 0; sent < 1_000_000 && socket.readyState === socket.OPEN; sent += 1) {
        socket.send(fragment, { fin: false });
        if (sent % 10_000 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      await isCut(socket, `fragments of ${fragment.length} bytes`);
    }
  });

  it("of attachments that are announced and held back, or more than a message may have, ends the WebSocket", async () => {
    const bombs: ((socket: WebSocket) => void)[] = [
      (socket) => socket.send('451000000000-["fusionRefresh",{"_placeholder":true,"num":0}]'),
      (socket) => {
        socket.send('4510-["fusionRefresh",{"_placeholder":true,"num":0}]');
        for (let at = 0; at < 10; at += 1) socket.send(Buffer.alloc(65 * 1_024));
      },
      (socket) => {
        socket.send('4510-["fusionRefresh",{"_placeholder":true,"num":0}]');
        socket.send('42["fusionHealth"]');
      },
    ];
    for (const bomb of bombs) {
      const socket = await joined();
      bomb(socket);
      await isCut(socket, bomb.toString());
    }
  });

  it("of a gigabyte in one body ends with 413, whatever length it announces, on routes and polls alike", async () => {
    const session = await polled(served, token);
    for (const path of ["/api/fusion/emitter/interval", session]) {
      for (const length of ["Content-Length: 1000000000", "Transfer-Encoding: chunked"]) {
        const { answer, sent } = await pour(served.port, token, path, length);
        assert.match(answer, /^HTTP\/1\.1 413 /, `${path}, ${length}`);
        assert.ok(sent < 100_000_000, `${sent} bytes were taken`);
      }
    }
    assert.equal(served.stream.status().interval.minutes, 5);
  });

  it("of 500 clients that each send a byte now and then keeps nobody waiting, and ends by itself", async () => {
    const answers: string[] = [];
    const sockets = Array.from({ length: 500 }, () => {
      const socket = connect(served.port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.on("data", (chunk: Buffer) => answers.push(chunk.toString()));
      socket.write("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nX: ");
      return socket;
    });
    const trickle = setInterval(() => {
      for (const socket of sockets) if (socket.writable) socket.write("a");
    }, 20);
    try {
      const client = await served.connected();
      served.stream.emit();
      await event(client, "fusionUpdate");
      await waitFor(() => sockets.every(({ destroyed }) => destroyed), { timeout: 30_000 });
      assert.ok(answers.length > 0 && answers.every((answer) => answer.startsWith("HTTP/1.1 408 ")));
      assert.ok(client.connected);
    } finally {
      clearInterval(trickle);
    }
  });
});

/** A session by polling that has its client. */
async function polled(served: ServedStream, token: string): Promise<string> {
  const { text } = await served.request(POLLING, { token });
  const path = `${POLLING}&sid=${JSON.parse(text.slice(1)).sid}`;
  await served.request(path, { token, method: "POST", body: "40" });
  await waitFor(() => served.stream.connectedClients === 1);
  return path;
}

/** Pours a gigabyte into a request, as long as it is taken. */
async function pour(port: number, token: string, path: string, length: string) {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.on("error", () => undefined);
  socket.on("data", (chunk: Buffer) => {
    answer += chunk.toString();
  });
  const head = [`POST ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, `Authorization: Bearer ${token}`];
  socket.write([...head, "Content-Type: application/json", length, "\r\n"].join("\r\n"));
  const piece = Buffer.alloc(64 * 1_024);
  const chunk = length.includes("chunked")
    ? Buffer.concat([Buffer.from("10000\r\n"), piece, Buffer.from("\r\n")])
    : piece;
  let sent = 0;
  while (!socket.destroyed && sent < 1_000_000_000) {
    sent += piece.length;
    if (!socket.write(chunk))
      await waitFor(() => socket.destroyed || !socket.writableNeedDrain, { interval: 1 });
  }
  await waitFor(() => socket.closed);
  return { answer, sent };
}

/** Sends without reading, until the server has ended the connection. */
async function endsWhileItReadsNothing(client: WebSocket, send: (client: WebSocket) => void): Promise<void> {
  const raw = Reflect.get(client, "_socket") as Socket;
  raw.pause();
  await waitFor(
    () => {
      for (let at = 0; at < 1_000; at += 1) if (client.readyState === client.OPEN) send(client);
      // What is not read is not heard, the end neither: it is heard by what can no longer be written.
      return raw.destroyed || raw.errored;
    },
    { interval: 5, message: "the server to end the connection" },
  );
}
