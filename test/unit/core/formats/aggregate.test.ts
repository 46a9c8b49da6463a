import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addToFold,
  emptyFold,
  type Fold,
  foldLine,
  foldResult,
} from "../../../../src/core/formats/aggregate.js";
import { SourceError } from "../../../../src/core/sources/sourceError.js";
import type { Aggregate } from "../../../../src/protocol/origin.js";

function fold(values: readonly unknown[]): Fold {
  return values.reduce((sofar: Fold, value, index) => addToFold(sofar, value, index + 1), emptyFold());
}

const of = (values: readonly unknown[], aggregate: Aggregate) => foldResult(fold(values), aggregate);

function errorOf(values: readonly unknown[], aggregate: Aggregate): SourceError {
  try {
    of(values, aggregate);
  } catch (error) {
    assert.ok(error instanceof SourceError);
    return error;
  }
  assert.fail(`expected a SourceError for ${aggregate} of ${JSON.stringify(values)}`);
}

describe("aggregates", () => {
  it("of nothing are 0 to count and to sum, and else not there yet", () => {
    assert.deepEqual([of([], "count"), of([], "sum")], [0, 0]);
    for (const aggregate of ["last", "first", "avg", "min", "max", "progress"] as const) {
      assert.match(errorOf([], aggregate).reason, /nothing matches yet/);
    }
  });

  it("give 0 without a sign, as nobody wants to see -0", () => {
    for (const aggregate of ["last", "first", "sum", "avg", "min", "max"] as const) {
      assert.ok(Object.is(of([-0, -0], aggregate), 0), aggregate);
    }
  });

  it("calculate with numbers alone, and name what is none with its line", () => {
    for (const wrong of [
      "1,234",
      "5",
      "",
      null,
      true,
      [5],
      {},
      2 ** 53,
      Number.POSITIVE_INFINITY,
      Number.NaN,
    ]) {
      for (const aggregate of ["sum", "avg", "min", "max"] as const) {
        assert.equal(errorOf([1, wrong, 2], aggregate).line, 2, JSON.stringify(wrong));
      }
      assert.deepEqual(
        [of([wrong, wrong], "count"), of([wrong, 2], "last"), of([1, wrong], "first")],
        [2, 2, 1],
      );
    }
    assert.match(errorOf([1, "1,234"], "sum").reason, /"1,234"/);
  });

  it("give the first and last as they are, if they can be a value", () => {
    assert.deepEqual(
      [of([1, "ERROR"], "last"), of([true, 1], "first"), of([1, -0], "last")],
      ["ERROR", "true", 0],
    );
    for (const wrong of [null, [5], {}, Number.POSITIVE_INFINITY, 2 ** 53])
      assert.equal(errorOf([wrong], "last").line, 1);
    assert.equal(String(of(["x".repeat(5_000)], "last")).length, 1_001);
  });

  it("lose nothing in a sum, and refuse one that is not exact", () => {
    assert.equal(of([1e15, 0.1, -1e15], "sum"), 0.1);
    assert.equal(of(Array(10).fill(0.1), "sum"), 1);
    assert.match(errorOf([2 ** 53 - 1, 1], "sum").reason, /too large/);
    errorOf(
      [1.7e308, 1.7e308].map((value) => value + 0.5),
      "sum",
    );
    errorOf(Array(3).fill(Number.MAX_SAFE_INTEGER), "sum");
    assert.equal(of(Array(3).fill(Number.MAX_SAFE_INTEGER), "avg"), Number.MAX_SAFE_INTEGER);
  });

  it("give the share of true values in percent", () => {
    assert.equal(of([true, false, true], "progress"), 66.7);
    assert.match(errorOf([true, 1], "progress").reason, /true or false/);
  });

  it("are what a naive computation gives, also when the fold was stored on the way", () => {
    const values = fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.nat(), (numbers, cut) => {
        const at = cut % (numbers.length + 1);
        const stored = JSON.parse(JSON.stringify(fold(numbers.slice(0, at)))) as Fold;
        const resumed = numbers
          .slice(at)
          .reduce((sofar, value, index) => addToFold(sofar, value, at + index + 1), stored);
        assert.deepEqual(resumed, fold(numbers));
        const sum = numbers.reduce((total, value) => total + value, 0);
        assert.equal(foldResult(resumed, "sum"), sum);
        assert.equal(foldResult(resumed, "avg"), sum / numbers.length);
        assert.equal(foldResult(resumed, "min"), Math.min(...numbers));
        assert.equal(foldResult(resumed, "max"), Math.max(...numbers));
        assert.equal(foldResult(resumed, "count"), numbers.length);
        assert.equal(foldResult(resumed, "first"), numbers[0]);
        assert.equal(foldResult(resumed, "last"), numbers.at(-1));
        assert.deepEqual(
          [foldLine(resumed, "first"), foldLine(resumed, "last"), foldLine(resumed, "sum")],
          [1, numbers.length, null],
        );
      }),
    );
  });
});
