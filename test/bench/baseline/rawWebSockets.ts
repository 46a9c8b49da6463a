/** The least that a broadcast can be: `ws` alone, which sends the frames it is given to every client. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { answer } from "../support/remote.js";
import { usageRequests } from "../support/usage.js";

let server: WebSocketServer | undefined;
let welcome = "";

const requests = {
  ...usageRequests,
  /** @param frame every client's first */
  async start(frame: string) {
    welcome = frame;
    server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
    server.on("connection", (socket) => socket.send(welcome));
    await once(server, "listening");
    return { port: (server.address() as AddressInfo).port };
  },
  emit(frame: string): void {
    const bytes = Buffer.from(frame);
    for (const client of server?.clients ?? []) client.send(bytes, { binary: false });
  },
};

export type RawWebSockets = typeof requests;

answer(requests);
