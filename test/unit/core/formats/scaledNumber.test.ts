import assert from "node:assert/strict";
import fc from "fast-check";
import { scaledNumber } from "../../../../src/core/formats/scaledNumber.js";

describe("scaled numbers", () => {
  it("are multiplied as they are written", () => {
    assert.equal(scaledNumber(4.35, 0.01), 0.0435);
    assert.equal(scaledNumber(1_234_567_890_123_456, 0.1), 123_456_789_012_345.6);
    assert.equal(scaledNumber(Number.MAX_SAFE_INTEGER, -1), -Number.MAX_SAFE_INTEGER);
    assert.equal(scaledNumber(-1.5e-7, 2e3), -3e-4);
    assert.equal(scaledNumber(0, -5), 0);
  });

  it("are none where they would be infinite, rounded or 0", () => {
    assert.equal(scaledNumber(1e15, 1e300), null);
    assert.equal(scaledNumber(Number.MAX_SAFE_INTEGER, 3), null);
    assert.equal(scaledNumber(5e-324, 0.001), null);
  });

  it("change nothing with a scale of 1, and only the sign with -1", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), (value) => {
        assert.equal(scaledNumber(value, 1), value + 0);
        assert.equal(scaledNumber(value, -1), 0 - value);
      }),
    );
  });
});
