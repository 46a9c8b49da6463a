import assert from "node:assert/strict";
import fc from "fast-check";
import { ValueWindow } from "../../../../src/core/alerts/valueWindow.js";

/** Two steps shorter together than a 500th of the window may count as one. */
const LENGTH = 5_000;
const STEP = 10;

describe("the extreme of a time", () => {
  it("is the least and the greatest value that held in it", () => {
    const change = fc.record({
      wait: fc.integer({ min: 1, max: 200 }),
      value: fc.integer({ min: -50, max: 50 }),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 60 }), (changes) => {
        const low = new ValueWindow(LENGTH, "low");
        const high = new ValueWindow(LENGTH, "high");
        const past: { at: number; value: number }[] = [];
        let at = 0;
        for (const { wait, value } of changes) {
          at += wait * STEP;
          const held = past
            .filter((_, index) => (past[index + 1]?.at ?? at) > at - LENGTH)
            .map((each) => each.value);
          assert.equal(low.add(at, value), held.length === 0 ? null : Math.min(...held));
          assert.equal(high.add(at, value), held.length === 0 ? null : Math.max(...held));
          past.push({ at, value });
        }
      }),
    );
  });

  it("does not take a value that went at once for one that still holds", () => {
    const low = new ValueWindow(LENGTH, "low");
    low.add(0, 1);
    low.add(1, 5);
    assert.equal(low.add(2 * LENGTH, 6), 5);
  });

  it("stays small, however many values come", () => {
    const window = new ValueWindow(LENGTH, "low");
    for (let at = 0; at < 20_000; at++) window.add(at, at);
    assert.ok(window.save().length <= 1_001, `${window.save().length} values`);
  });

  it("goes on from what was saved", () => {
    const before = new ValueWindow(LENGTH, "high");
    before.add(0, 7);
    before.add(100, 3);
    assert.equal(new ValueWindow(LENGTH, "high", before.save()).add(200, 1), 7);
  });
});
