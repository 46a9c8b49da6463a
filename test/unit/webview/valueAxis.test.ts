import assert from "node:assert/strict";
import { areWhole, increments, valueRange } from "../../../webview/chart/valueAxis.js";

describe("the axis of a value", () => {
  it("lies close around a value that never changed", () => {
    assert.deepEqual(valueRange(12_450, 12_450, true), [12_201, 12_699]);
    assert.deepEqual(valueRange(17, 17, true), [16, 18]);
    assert.deepEqual(valueRange(0, 0, false), [-1, 1]);
    const [from, to] = valueRange(0.5, 0.5, false);
    assert.ok(from > 0.4 && from < 0.5 && to > 0.5 && to < 0.6);
  });

  it("holds all values, and is there without any", () => {
    const [from, to] = valueRange(12_000, 12_450, true);
    assert.ok(from <= 12_000 && to >= 12_450);
    assert.deepEqual(valueRange(null, null, true), [0, 1]);
  });

  it("has no labels between whole numbers", () => {
    assert.equal(areWhole([1, null, 3]), true);
    assert.equal(areWhole([1, 2.5]), false);
    assert.equal(increments(true)[0], 1);
    assert.ok(increments(true).every(Number.isInteger));
    assert.ok(increments(false).includes(0.25));
  });
});
