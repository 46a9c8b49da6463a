import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { type EncodedEvents, encodeEvent, joinEvents } from "../../../src/server/encodedEvents.js";

/** What a real WebSocket client makes of frames. */
async function received({ packets, frames }: EncodedEvents): Promise<string[]> {
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (req, connection, head) =>
    sockets.handleUpgrade(req, connection, head, () => connection.write(frames)),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const messages: string[] = [];
  await new Promise<void>((resolve, reject) => {
    client.on("error", reject);
    client.on("message", (data, isBinary) => {
      messages.push(isBinary ? "binary" : data.toString());
      if (messages.length === packets.length) resolve();
    });
  });
  client.terminate();
  server.close();
  return messages;
}

/** An event whose WebSocket message has so many bytes. */
function eventOf(bytes: number): EncodedEvents {
  const empty = Buffer.byteLength('42["x",{"text":""}]');
  const left = bytes - empty;
  return encodeEvent("x", { text: "ü".repeat(left >> 1) + "u".repeat(left & 1) });
}

describe("Encoded events", () => {
  it("are what a WebSocket client expects, at every length that is written another way", async () => {
    for (const bytes of [30, 124, 125, 126, 127, 65_534, 65_535, 65_536, 65_537, 3_000_000]) {
      const encoded = eventOf(bytes);
      const [message] = await received(encoded);
      assert.equal(Buffer.byteLength(message ?? ""), bytes);
      assert.equal(message, `4${encoded.packets[0]}`);
    }
  });

  it("keep what is not ASCII, and half a surrogate pair does no harm", async () => {
    const payload = { text: "Größe 🟢 \u2028 \u0000 日本語 \ud800" };
    const [message = ""] = await received(encodeEvent("fusionUpdate", payload));
    assert.deepEqual(JSON.parse(message.slice(2)), ["fusionUpdate", payload]);
  });

  it("stay apart and in order when they are joined", async () => {
    const joined = joinEvents([eventOf(125), eventOf(65_536), eventOf(126)]);
    assert.deepEqual(
      await received(joined),
      joined.packets.map((packet) => `4${packet}`),
    );
    assert.deepEqual(joinEvents([]).packets, []);
  });
});
