import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import type { HostToPanel } from "../../src/protocol/panel.js";
import { Relay } from "../../src/vscode/relay.js";
import { waitFor } from "../support/waitFor.js";

describe("the panel's relay", () => {
  let server: Server;
  let sockets: WebSocketServer;
  let url: string;
  let posted: HostToPanel[];
  /** Lets the stream's server be reached. */
  let begin: () => void;
  let relay: Relay;

  beforeEach(async () => {
    server = createServer();
    sockets = new WebSocketServer({ server });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    posted = [];
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const target = { connectInProcess: async () => new WebSocket(url) };
    relay = new Relay(
      () => begun.then(() => target),
      (message) => posted.push(message),
    );
  });
  afterEach(() => {
    relay.closeAll();
    sockets.close();
    for (const client of sockets.clients) client.terminate();
    server.close();
  });

  const opened = () => posted.filter(({ type }) => type === "relayOpened");

  it("leaves no socket behind that the page gave up while the server was not there", async () => {
    const openings = [relay.open(1), relay.open(2), relay.open(3)];
    relay.close(1);
    relay.close(2);
    begin();
    await Promise.all(openings);
    await waitFor(() => opened().length > 0 && sockets.clients.size <= 1);
    assert.deepEqual(opened(), [{ type: "relayOpened", id: 3 }]);
  });

  it("tells nothing of a page's sockets to the page that took its place", async () => {
    const before = relay.open(1);
    relay.closeAll();
    const now = relay.open(1);
    begin();
    await Promise.all([before, now]);
    await waitFor(() => opened().length > 0 && sockets.clients.size <= 1);
    assert.deepEqual(opened(), [{ type: "relayOpened", id: 1 }]);
  });

  it("tells a page nothing of the last one's socket that ends late, though it has the same number", async () => {
    begin();
    await relay.open(1);
    await waitFor(() => opened().length === 1);
    const [server] = sockets.clients;
    relay.closeAll();
    const now = relay.open(1);
    server?.send("late");
    await now;
    await waitFor(() => opened().length === 2 && sockets.clients.size === 1);
    await waitFor(() => server?.readyState === server?.CLOSED);
    assert.deepEqual(
      posted.map(({ type }) => type),
      ["relayOpened", "relayOpened"],
    );
  });
});
