import assert from "node:assert/strict";
import { Board } from "../../../../src/server/ownership/board.js";
import { portAfter } from "../../../../src/server/ownership/portAfter.js";
import type { ServerAddress } from "../../../../src/server/ownership/ports.js";

describe("The port after another owner", () => {
  it("is that owner's, be it the one that addresses leave out, and the wished one where it had none", () => {
    const next = (url: string | null) =>
      portAfter({ address: new Board<ServerAddress>({ url, error: null }) }, 4000);
    assert.equal(next("http://127.0.0.1:4017"), 4017);
    assert.equal(next("http://127.0.0.1:80"), 80);
    assert.equal(next(null), 4000);
    assert.equal(portAfter(null, 4000), 4000);
  });
});
