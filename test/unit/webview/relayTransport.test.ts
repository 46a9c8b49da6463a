import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { Server } from "socket.io";
import { io, type Socket } from "socket.io-client";
import { WebSocket } from "ws";
import type { HostToPanel, PanelToHost } from "../../../src/protocol/panel.js";
import { relayThrough } from "../../../webview/relayTransport.js";
import { waitFor } from "../../support/waitFor.js";

/** The host's side of the relay, in the same process. */
class Host {
  readonly sockets = new Map<number, WebSocket>();
  readonly opened: number[] = [];
  private readonly listeners = new Set<(message: HostToPanel) => void>();

  constructor(private readonly address: string) {}

  readonly listen = (listener: (message: HostToPanel) => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly post = (message: PanelToHost) => {
    if (message.type === "relayOpen") this.open(message.id);
    else if (message.type === "relayPacket") this.sockets.get(message.id)?.send(message.data);
    else if (message.type === "relayClose") this.sockets.get(message.id)?.close();
  };

  say(message: HostToPanel): void {
    for (const listener of this.listeners) listener(message);
  }

  get listening(): number {
    return this.listeners.size;
  }

  private open(id: number): void {
    const socket = new WebSocket(this.address);
    this.opened.push(id);
    this.sockets.set(id, socket);
    socket.on("open", () => this.say({ type: "relayOpened", id }));
    socket.on("message", (data) => this.say({ type: "relayPacket", id, data: String(data) }));
    socket.on("error", () => {});
    socket.on("close", () => this.say({ type: "relayClosed", id, reason: "stream gone" }));
  }
}

describe("the relay transport", () => {
  let server: Server;
  let host: Host;
  let socket: Socket;

  beforeEach(async () => {
    const http = createServer();
    server = new Server(http);
    server.on("connection", (client) => {
      client.emit("fusionUpdate", { sequence: 1, text: "– ⚠️" });
      client.on("fusionRefresh", (acknowledge) => acknowledge({ ok: true }));
    });
    http.listen(0, "127.0.0.1");
    await once(http, "listening");
    const address = http.address();
    assert.ok(address && typeof address === "object");
    host = new Host(`ws://127.0.0.1:${address.port}/socket.io/?EIO=4&transport=websocket`);
    socket = io("http://localhost", {
      transports: [relayThrough(host)],
      autoConnect: false,
      forceNew: true,
      reconnectionDelay: 5,
      reconnectionDelayMax: 10,
    });
  });

  afterEach(async () => {
    socket.disconnect();
    await server.close();
  });

  it("carries events and acknowledgements of a real Socket.IO server", async () => {
    const update = new Promise((resolve) => socket.once("fusionUpdate", resolve));
    socket.connect();
    assert.deepEqual(await update, { sequence: 1, text: "– ⚠️" });
    assert.deepEqual(await socket.timeout(1000).emitWithAck("fusionRefresh"), { ok: true });
  });

  it("comes back under a new number when the host closes it, and hears nothing of the old one", async () => {
    socket.connect();
    await new Promise<void>((resolve) => socket.once("connect", resolve));
    const lost = new Promise((resolve) => socket.once("disconnect", resolve));
    host.sockets.get(host.opened[0] ?? 0)?.close();
    assert.equal(await lost, "transport close");
    await new Promise<void>((resolve) => socket.once("connect", resolve));
    const [first, second] = host.opened;
    assert.ok(first !== undefined && second === first + 1);
    host.say({ type: "relayClosed", id: first, reason: "late" });
    assert.equal(socket.connected, true);
  });

  it("says why it could not connect", async () => {
    await server.close();
    const failed = new Promise<Error>((resolve) => socket.once("connect_error", resolve));
    socket.connect();
    assert.equal((await failed).message, "stream gone");
  });

  it("listens no longer once it is closed", async () => {
    socket.connect();
    await new Promise<void>((resolve) => socket.once("connect", resolve));
    assert.equal(host.listening, 1);
    socket.disconnect();
    await waitFor(() => host.listening === 0);
  });
});
