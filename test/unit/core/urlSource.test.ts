import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Evaluator } from "../../../src/core/sources/evaluator.js";
import { MIN_INTERVAL_MS } from "../../../src/core/sources/httpJson.js";
import { UrlSource } from "../../../src/core/sources/urlSource.js";
import { WORKER_SCRIPT } from "../../support/folderStream.js";
import { ManualClock } from "../../support/manualClock.js";

describe("a value on the web", () => {
  let server: Server;
  let asked: number;
  let answer: () => string;
  let clock: ManualClock;
  let evaluator: Evaluator;
  let source: UrlSource;

  beforeEach(async () => {
    asked = 0;
    answer = () => JSON.stringify({ asked: ++asked });
    server = createServer((_, res) => res.end(answer())).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    clock = new ManualClock();
    evaluator = new Evaluator(WORKER_SCRIPT);
    source = new UrlSource(
      {
        id: "asked",
        url: `http://127.0.0.1:${port}/`,
        selection: { query: "asked", column: null, match: null, aggregate: "last" },
        shape: { label: "Asked", format: "number", unit: null, icon: null },
        scale: 1,
      },
      evaluator,
      clock,
    );
  });
  afterEach(async () => {
    evaluator.dispose();
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });

  const value = async () => (await source.collect()).state.reading?.metrics.asked?.value;

  it("is asked for once a minute, however often it is collected", async () => {
    assert.equal(await value(), 1);
    clock.advance(MIN_INTERVAL_MS - 1);
    assert.equal(await value(), 1);
    clock.advance(1);
    assert.equal(await value(), 2);
  });

  it("is no number where the one that is given can't be held", async () => {
    const wrong = { "1e-400": /too small/, "1e400": /too large/ };
    for (const [number, reason] of Object.entries(wrong)) {
      answer = () => `{"asked": ${number}}`;
      const { state } = await source.collect();
      assert.equal(state.reading, null, number);
      assert.match(state.error ?? "", reason);
      clock.advance(MIN_INTERVAL_MS);
    }
  });

  it("is asked for as before where the machine's time was set", async () => {
    const { now } = Date;
    try {
      assert.equal(await value(), 1);
      for (const hours of [-8, 8]) {
        // What a person does to the clock, for all who look at it.
        Date.now = () => now() + hours * 3_600_000;
        assert.equal(await value(), asked, "not at once");
        clock.advance(MIN_INTERVAL_MS);
        const before = asked;
        assert.equal(await value(), before + 1);
      }
    } finally {
      Date.now = now;
    }
  });
});
