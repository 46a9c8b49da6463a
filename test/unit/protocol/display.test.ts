import assert from "node:assert/strict";
import fc from "fast-check";
import { displayDelta, displayPercentChange, displayValue, NO_VALUE } from "../../../src/protocol/display.js";

const usd = { format: "currency", unit: "USD" } as const;
const plain = { format: "number", unit: null } as const;

describe("displayed values", () => {
  it("show amounts in the file's currency, by locale", () => {
    assert.equal(displayValue({ ...usd, value: 12450 }, "en"), "$12,450");
    assert.equal(displayValue({ ...usd, value: 12450.5 }, "en"), "$12,450.50");
    assert.equal(displayValue({ format: "currency", unit: "EUR", value: 12450 }, "de"), "12.450\u00a0€");
  });

  it("show a dash for nothing, and never a zero", () => {
    assert.equal(displayValue({ ...usd, value: null }, "en"), NO_VALUE);
    assert.equal(displayValue({ ...usd, value: 0 }, "en"), "$0");
  });

  it("show units, percentages and texts", () => {
    assert.equal(displayValue({ format: "number", unit: "ms", value: 1234.5 }, "en"), "1,234.5 ms");
    assert.equal(displayValue({ format: "percent", unit: null, value: 3.2 }, "en"), "3.2 %");
    assert.equal(displayValue({ format: "text", unit: null, value: "OK" }, "en"), "OK");
  });

  it("tell a difference and its direction, without what binary arithmetic adds", () => {
    assert.deepEqual(displayDelta(12000, 12450, usd, "en"), { text: "$450", direction: "up" });
    assert.deepEqual(displayDelta(0.3, 0.1, plain, "en"), { text: "0.2", direction: "down" });
    assert.equal(displayDelta(null, 5, plain, "en"), null);
    assert.equal(displayDelta("OK", "ERROR", plain, "en"), null);
    assert.equal(displayDelta(5, 5, plain, "en"), null);
  });

  it("tell a relative change where there is a base for it", () => {
    assert.equal(displayPercentChange(12000, 12450, "en"), "3.8%");
    assert.equal(displayPercentChange(0, 5, "en"), null);
  });

  it("never throw for any number", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (from, to) => {
          assert.equal(typeof displayValue({ ...usd, value: from }, "en"), "string");
          displayDelta(from, to, plain, "en");
        },
      ),
    );
  });
});
