import assert from "node:assert/strict";
import type { Selection } from "../../../../src/core/config/metricDefinition.js";
import { extract } from "../../../../src/core/formats/extract.js";
import type { FileFormat } from "../../../../src/core/formats/fileFormat.js";
import { enlargeTinyJsonNumbers, enlargeTinyNumbers } from "../../../../src/core/formats/tinyNumber.js";

const read = (text: string, ...given: Partial<Selection>[]) => readAs("json", text, ...given);

async function readAs(format: FileFormat, text: string, ...given: Partial<Selection>[]) {
  const selections = given.map(
    (each): Selection => ({
      query: null,
      column: null,
      match: null,
      aggregate: "last",
      ...each,
    }),
  );
  const extracted = await extract(format, text, selections);
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

  it("are found however they are spelled", async () => {
    const zeros = "0".repeat(230);
    for (const [format, text] of [
      ["json", `{"n": 0.${zeros}1e-99}`],
      ["jsonc", '{"n": -1.5E-0400 /* tiny */}'],
      ["yaml", "n: .1e-400\n"],
      ["yaml", `n: -.${zeros.repeat(2)}1\n`],
      ["toml", "n = 1_2e-400\n"],
      ["toml", "n = 1.5e-4_00\n"],
      ["toml", `n = 0.${"000_".repeat(120)}1\n`],
      ["toml", "n = +1e-400 # tiny\n"],
    ] as const) {
      assert.deepEqual(await readAs(format, text, { query: "n" }), [REFUSED], `${format}: ${text}`);
    }
  });

  it("are not seen in words, nor in the texts of JSON", async () => {
    const uuids = ["1234567e-1234-4abc-8def-0123456789ab", "1f2b8c4d-123e-4567-123e-123456789012"];
    for (const text of [...uuids, "x1e-400", "1e-400-x", "1e-400th"]) {
      assert.equal(enlargeTinyNumbers(text), null, text);
    }
    assert.equal(enlargeTinyJsonNumbers('["1e-400", "\\"1e-400", 1]'), null);
    assert.equal(enlargeTinyJsonNumbers('["1e-400", 1e-400, "'), '["1e-400", 1e999 , "');
    const text = '{"list": [{"id": "1e-400", "n": 5}], "tiny": 1e-400}';
    assert.deepEqual(await read(text, { query: "list[?id=='1e-400'] | [0].n" }), [5]);
    assert.deepEqual(await readAs("jsonl", `${text}\n`, { query: "list[?id=='1e-400'] | [0].n" }), [5]);
  });

  it("are not seen in a text of YAML that is the value itself", async () => {
    assert.deepEqual(await readAs("yaml", 'id: "1e-400"\n', { query: "id" }), ["1e-400"]);
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
