import assert from "node:assert/strict";
import { Board } from "../../../../src/server/ownership/board.js";
import { portBefore } from "../../../../src/server/ownership/portBefore.js";
import type { ServerAddress } from "../../../../src/server/ownership/ports.js";

describe("The port of another owner", () => {
  it("is in its address, be it the one that addresses leave out, and none where it had none", () => {
    const port = (url: string | null) =>
      portBefore({ address: new Board<ServerAddress>({ url, error: null }) });
    assert.equal(port("http://127.0.0.1:4017"), 4017);
    assert.equal(port("http://127.0.0.1:80"), 80);
    assert.equal(port(null), null);
    assert.equal(portBefore(null), null);
  });
});
