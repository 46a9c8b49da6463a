import assert from "node:assert/strict";
import { exportPieces } from "../../../../src/core/history/exporter.js";
import { MemoryStore } from "../../../../src/core/history/memoryStore.js";

const BEGIN = Date.parse("2025-11-08T17:00:00Z");

describe("an export of a range", () => {
  it("begins with the values that held already, at their own times", () => {
    const store = new MemoryStore();
    store.record({ at: BEGIN, values: new Map([["memos", 16]]) });
    store.record({ at: BEGIN + 1_000, values: new Map([["memos", 17]]) });
    store.record({ at: BEGIN + 5_000, values: new Map([["memos", 18]]) });
    const rows = (from: number) => {
      const range = { from: BEGIN + from, to: BEGIN + 9_000 };
      const text = [...exportPieces(store, { range, format: "csv", metrics: null })].join("");
      return text.split("\r\n").filter((line) => line.startsWith("memos"));
    };
    const at = (seconds: number, value: number) => `memos,2025-11-08T17:00:0${seconds}.000Z,number,${value}`;
    assert.deepEqual(rows(6_000), [at(5, 18)]);
    assert.deepEqual(rows(3_000), [at(1, 17), at(5, 18)]);
    assert.deepEqual(rows(0), [at(0, 16), at(1, 17), at(5, 18)]);
  });
});
