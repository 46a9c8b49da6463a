import assert from "node:assert/strict";
import fc from "fast-check";
import { RecentValues } from "../../../../src/core/health/recentValues.js";

function filled(values: readonly number[], capacity = 100): RecentValues {
  const recent = new RecentValues(capacity);
  for (const value of values) recent.add(value);
  return recent;
}

describe("recent values", () => {
  it("has nothing to tell before the first", () => {
    const { last } = filled([]);
    assert.deepEqual([last, filled([]).percentiles()], [null, { p50: null, p95: null }]);
  });

  it("tells percentiles by nearest rank", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.deepEqual(filled(hundred).percentiles(), { p50: 50, p95: 95 });
    assert.deepEqual(filled([7]).percentiles(), { p50: 7, p95: 7 });
    assert.deepEqual(filled([10, 9]).percentiles(), { p50: 9, p95: 10 });
  });

  it("speaks of the last ones only, in whatever order they came", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(), { minLength: 1 }),
        fc.integer({ min: 1, max: 20 }),
        (values, capacity) => {
          const recent = filled(values, capacity);
          const kept = values.slice(-capacity);
          assert.equal(recent.last, values.at(-1));
          assert.deepEqual(recent.percentiles(), filled(kept.reverse()).percentiles());
        },
      ),
    );
  });
});
