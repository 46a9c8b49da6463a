import assert from "node:assert/strict";
import { closeAll, sendRaw, serve } from "../../support/servedStream.js";

const DOTS = [
  "..",
  "%2e%2e",
  ".%2e",
  "%252e%252e",
  "%c0%ae%c0%ae",
  "%uff0e%uff0e",
  "....",
  "..;",
  "..%00",
  ".\\.",
];
const SLASHES = ["/", "%2f", "\\", "%5c", "%252f", "//", "/./", "%c0%af", "/;/"];
const TARGETS = ["package.json", "etc/passwd", "api/fusion/stream"];
const BEGINNINGS = ["/", "/api/fusion/", "/socket.io/", "/metrics/", "/api/fusion/stream/"];

const SPELLINGS = BEGINNINGS.flatMap((beginning) =>
  DOTS.flatMap((dots) =>
    SLASHES.flatMap((slash) =>
      TARGETS.map((target) => `${beginning}${dots}${slash}${dots}${slash}${target}`),
    ),
  ),
);

describe("A path with ../", () => {
  afterEach(closeAll);

  it("is no route in any spelling, and is not made one", async () => {
    const served = await serve();
    assert.ok(SPELLINGS.length > 1_000);
    for (let at = 0; at < SPELLINGS.length; at += 100) {
      const batch = SPELLINGS.slice(at, at + 100);
      // Another token each time: one may make a thousand requests a second.
      const head = `Host: 127.0.0.1:${served.port}\r\nAuthorization: Bearer ${await served.token()}\r\n`;
      const requests = batch.map((path) => `GET ${path} HTTP/1.1\r\n${head}\r\n`);
      const last = `GET /last HTTP/1.1\r\n${head}Connection: close\r\n\r\n`;
      const answers = (await sendRaw(served.port, requests.join("") + last)).match(/HTTP\/1\.1 \d+/g) ?? [];
      const expected = Array.from({ length: batch.length + 1 }, () => "HTTP/1.1 404");
      assert.deepEqual(answers, expected, batch[answers.findIndex((answer) => answer !== "HTTP/1.1 404")]);
    }
  });

  it("leads no upgrade to Socket.IO", async () => {
    const served = await serve();
    const token = await served.token("control");
    const paths = [
      "/x/../socket.io/",
      "/socket.io/../socket.io/",
      "/socket.io/%2e/",
      "/./socket.io/",
      "/socket.io//",
    ];
    for (const path of paths) {
      const answer = await sendRaw(
        served.port,
        `GET ${path}?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\n` +
          `Authorization: Bearer ${token}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
      );
      assert.match(answer, /^HTTP\/1\.1 404 /, path);
    }
  });
});
