import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { Channel } from "../../../../src/server/ownership/channel.js";

describe("channel between processes", () => {
  it("ends the connection at a line that is no message, and goes on living", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const accepted = once(server, "connection") as Promise<[Socket]>;
    const other = connect((server.address() as AddressInfo).port, "127.0.0.1");
    const [connection] = await accepted;
    const heard: unknown[] = [];
    const channel = new Channel<
      Record<string, never>,
      { news: number },
      Record<string, never>,
      Record<string, never>
    >(connection, (_, value) => heard.push(value), {});
    try {
      other.write('{"tell":"news","with":1}\n{"tell":"ne\n{"tell":"news","with":2}\n');
      await channel.closed;
      assert.deepEqual(heard, [1]);
    } finally {
      other.destroy();
      server.close();
    }
  });
});
