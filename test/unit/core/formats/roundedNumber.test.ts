import assert from "node:assert/strict";
import type { Selection } from "../../../../src/core/config/metricDefinition.js";
import { extract } from "../../../../src/core/formats/extract.js";
import { shiftRoundedNumbers } from "../../../../src/core/formats/roundedNumber.js";

const ANY = { query: null, column: null, match: null, aggregate: "last" } as const;
const read = async (format: "json" | "jsonl", text: string, ...given: Partial<Selection>[]) =>
  (
    await extract(
      format,
      text,
      given.map((each) => ({ ...ANY, ...each })),
    )
  ).map((each) => (each.ok ? each.value : each.error.reason.slice(0, 28)));

const REFUSED = "it depends on a whole number";

describe("whole numbers that are rounded", () => {
  it("are found among those that are not, outside of texts", () => {
    for (const kept of [
      "[9007199254740992]",
      '["9007199254740993"]',
      "[9007199254740993.5]",
      "[123456789012345]",
    ])
      assert.equal(shiftRoundedNumbers(kept), null, kept);
    assert.equal(shiftRoundedNumbers('[9007199254740993,"a"]'), '[9007199254740990,"a"]');
    assert.equal(shiftRoundedNumbers("[-9007199254740993]"), "[-9007199254740990]");
  });

  const runs =
    '{"runs": [{"id": 1987654321987654321, "n": 1}, {"id": 1987654321987654322, "n": 2}], "a": 9007199254740993, "b": -9007199254740000}';

  it("cost only the values that depend on their digits", async () => {
    const values = await read(
      "json",
      runs,
      { query: "to_string(runs[0].id)" },
      { query: "sum([a, b])" },
      { query: "length(runs[?id==`1987654321987654321`])" },
      { query: "length(runs)" },
      { query: "sum(runs[].n)" },
      { query: "max_by(runs, &id).n" },
      { query: "runs[?id > `5`]", aggregate: "count" },
    );
    assert.deepEqual(values, [REFUSED, REFUSED, REFUSED, 2, 3, 1, 2]);
  });

  it("cost a line of JSON what depends on them", async () => {
    const lines = '{"id": 1987654321987654321, "n": 3}\n';
    assert.deepEqual(await read("jsonl", lines, { query: "n" }, { query: "id > `5` && n" }), [3, 3]);
    assert.deepEqual(await read("jsonl", lines, { query: "to_string(id)" }), [REFUSED]);
  });
});
