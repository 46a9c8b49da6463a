/** The least that an answer can be: `node:http` alone, with a buffer that it holds. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answer } from "../support/remote.js";
import { usageRequests } from "../support/usage.js";

let body = Buffer.alloc(0);

const http = createServer((_, res) => {
  res.writeHead(200, { "Content-Type": "application/json; charset=utf-8", "Content-Length": body.length });
  res.end(body);
});

const requests = {
  ...usageRequests,
  /** @param text of every answer */
  async start(text: string) {
    body = Buffer.from(text);
    http.listen(0, "127.0.0.1");
    await once(http, "listening");
    return { port: (http.address() as AddressInfo).port };
  },
};

export type HeldBuffer = typeof requests;

answer(requests);
