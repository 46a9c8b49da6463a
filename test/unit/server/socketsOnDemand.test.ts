import assert from "node:assert/strict";
import type { Sockets } from "../../../src/server/sockets.js";
import { SocketsOnDemand } from "../../../src/server/socketsOnDemand.js";

describe("Sockets on demand", () => {
  it("are loaded again where that failed once, and then no more", async () => {
    const loaded = {} as Sockets;
    const outcomes = [Promise.reject(new Error("no handles left")), Promise.resolve(loaded)];
    const sockets = new SocketsOnDemand(async () => await (outcomes.shift() ?? assert.fail()));
    await assert.rejects(sockets.get(), /no handles left/);
    assert.deepEqual(await Promise.all([sockets.get(), sockets.get()]), [loaded, loaded]);
    assert.equal(await sockets.get(), loaded);
  });
});
