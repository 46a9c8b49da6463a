import assert from "node:assert/strict";
import type { Selection } from "../../../../src/core/config/metricDefinition.js";
import { extract } from "../../../../src/core/formats/extract.js";
import { enlargeTinyNumbers } from "../../../../src/core/formats/tinyNumber.js";

async function read(text: string, ...given: Partial<Selection>[]) {
  const selections = given.map(
    (each): Selection => ({
      query: null,
      column: null,
      match: null,
      aggregate: "last",
      ...each,
    }),
  );
  const extracted = await extract("json", text, selections);
  return extracted.map((each) => (each.ok ? each.value : each.error.reason.slice(0, 32)));
}

const REFUSED = "it depends on a number too small";

describe("numbers too small to be held", () => {
  it("are found among those that can be, and keep every offset", () => {
    for (const text of ["1e-323", "0e-400", "0.0e-999", "1e-5", "x", "0".repeat(400), "1e400"]) {
      assert.equal(enlargeTinyNumbers(text), null, text);
    }
    assert.equal(enlargeTinyNumbers('[1, -2.5e-400,\n "a"]'), '[1, -1e999   ,\n "a"]');
  });

  it("cost only the values that depend on them", async () => {
    const text = '{"p": 1e-400, "n": 2, "zero": 0, "list": [{"x": 3, "p": 4E-999}, {"x": 5, "p": 1}]}';
    assert.deepEqual(
      await read(
        text,
        { query: "p" },
        { query: "n" },
        { query: "zero" },
        { query: "list[].x", aggregate: "sum" },
        { query: "list[].p", aggregate: "min" },
        { query: "list", aggregate: "count" },
        { query: "list[?p > `0`]", aggregate: "count" },
      ),
      [REFUSED, 2, 0, 8, REFUSED, 2, REFUSED],
    );
  });
});
