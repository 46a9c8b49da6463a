/** A broadcast by `socket.io` as it comes. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { answer } from "../support/remote.js";
import { usageRequests } from "../support/usage.js";

const http = createServer();
const io = new Server(http, { serveClient: false });
let welcome: readonly [string, ...unknown[]] = ["fusionUpdate"];

io.on("connection", (socket) => socket.emit(...welcome));

const requests = {
  ...usageRequests,
  /** @param event every client's first, as a frame: `42["name",data]` */
  async start(frame: string) {
    welcome = eventOf(frame);
    http.listen(0, "127.0.0.1");
    await once(http, "listening");
    return { port: (http.address() as AddressInfo).port };
  },
  emit(frame: string): void {
    io.emit(...eventOf(frame));
  },
};

function eventOf(frame: string): [string, ...unknown[]] {
  return JSON.parse(frame.slice(2));
}

export type PlainSocketIo = typeof requests;

answer(requests);
