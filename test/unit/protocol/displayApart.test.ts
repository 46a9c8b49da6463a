import assert from "node:assert/strict";
import fc from "fast-check";
import { displayApart } from "../../../src/protocol/displayApart.js";
import type { MetricFormat } from "../../../src/protocol/snapshot.js";

const whole = { format: "number", unit: null, decimals: 0 } as const;

describe("two values that are told apart", () => {
  it("are written as ever where that does", () => {
    assert.deepEqual(displayApart([1.6, 3.2], whole, "en"), ["2", "3"]);
    assert.deepEqual(displayApart([null, 3], whole, "en"), ["–", "3"]);
    assert.deepEqual(displayApart([3, 3], whole, "en"), ["3", "3"]);
    const text = { format: "text", unit: null } as const;
    assert.deepEqual(displayApart(["OK", "ERROR"], text, "en"), ["OK", "ERROR"]);
  });

  it("get decimals that differ, and no zeros behind the shorter one", () => {
    assert.deepEqual(displayApart([1, 1.2], whole, "en"), ["1", "1.2"]);
    assert.deepEqual(displayApart([100.4, 100], { ...whole, unit: "ms" }, "de"), ["100,4 ms", "100 ms"]);
    const bytes = { format: "bytes", unit: null } as const;
    assert.deepEqual(displayApart([1_048_577, 1_048_576], bytes, "en"), ["1.000001 MB", "1 MB"]);
  });

  it("stay hidden", () => {
    const hidden = { ...whole, concealed: true } as const;
    assert.deepEqual(displayApart([1, 1.2], hidden, "en"), ["•••", "•••"]);
  });

  it("never look the same, of whatever kind they are", () => {
    const kinds: MetricFormat[] = ["number", "percent", "currency", "bytes", "duration"];
    const given = [
      fc.constantFrom(...kinds),
      fc.integer({ max: 9_999 }),
      fc.integer({ min: 1, max: 999 }),
    ] as const;
    fc.assert(
      fc.property(...given, (format, value, thousandths) => {
        const display = { format, unit: null, decimals: 0 };
        const [from, to] = displayApart([value, value + thousandths / 1000], display, "en");
        assert.notEqual(from, to);
      }),
    );
  });
});
