import assert from "node:assert/strict";
import type { HistoryPoint } from "../../../src/protocol/history.js";
import { stateBlocks } from "../../../webview/model/stateStrip.js";

const RANGE = { from: 0, to: 1_000 };

describe("a strip of states", () => {
  const blocks = (...points: readonly HistoryPoint[]) =>
    stateBlocks(points, RANGE, 100).map(({ x, width, tone }) => [x, width, tone]);

  it("has a block for every word, the last one until now", () => {
    assert.deepEqual(blocks([0, "OK"], [500, "ERROR"], [600, "WARN"], [700, "Monday"]), [
      [0, 50, "good"],
      [50, 10, "bad"],
      [60, 10, "warn"],
      [70, 30, "neutral"],
    ]);
  });

  it("begins with the word that held already, and joins what goes on", () => {
    assert.deepEqual(blocks([-5, "OK"], [300, "OK"]), [[0, 100, "good"]]);
  });

  it("has a gap where nothing is known", () => {
    assert.deepEqual(blocks([100, "OK"], [200, null], [900, "OK"]), [
      [10, 10, "good"],
      [90, 10, "good"],
    ]);
  });

  it("shows what lasted for a moment only", () => {
    assert.deepEqual(blocks([0, "OK"], [500, "ERROR"], [500.1, "OK"])[1], [50, 1, "bad"]);
    assert.deepEqual(blocks([0, "OK"], [1_000, "ERROR"])[1], [99, 1, "bad"]);
  });

  it("is empty without words, and where they are no more than a speck", () => {
    assert.deepEqual(blocks(), []);
    assert.deepEqual(blocks([990, "OK"]), []);
    assert.deepEqual(blocks([980, "OK"]), [[98, 2, "good"]]);
    assert.deepEqual(blocks([0, 5], [10, null]), []);
  });
});
