import assert from "node:assert/strict";
import fc from "fast-check";
import type { Selection } from "../../../../src/core/config/metricDefinition.js";
import { extract } from "../../../../src/core/formats/extract.js";
import type { FileFormat } from "../../../../src/core/formats/fileFormat.js";
import { SourceError } from "../../../../src/core/sources/sourceError.js";
import { AGGREGATES } from "../../../../src/protocol/origin.js";

function selection(given: Partial<Selection>): Selection {
  return { query: null, column: null, match: null, aggregate: "last", ...given };
}

/** Value and line of each selection, or why it has none. */
async function extracted(format: FileFormat, text: string, ...given: Partial<Selection>[]) {
  const all = await extract(format, text, given.map(selection));
  return all.map((each) => (each.ok ? [each.value, each.line] : each.error.reason));
}

const BUGS = `{
  "total": 3,
  "items": [
    { "state": "open", "price": 10 },
    { "state": "closed", "price": 2.5 },
    { "state": "open", "price": "1,234" }
  ]
}`;

describe("extraction from documents", () => {
  it("gives every selection its own value, line or error", async () => {
    const results = await extracted(
      "json",
      BUGS,
      { query: "total" },
      { query: "length(items[?state=='open'])" },
      { query: "items[].price", aggregate: "sum" },
      { query: "items[:2].price", aggregate: "sum" },
      { query: "missing.name" },
      { query: "total b" },
      { query: "items", aggregate: "count" },
      { query: "total", aggregate: "count" },
      { query: "items[1].price", aggregate: "max" },
      { query: "items" },
    );
    assert.deepEqual(results.slice(0, 2), [
      [3, 2],
      [2, null],
    ]);
    assert.match(String(results[2]), /"1,234" is not a number/);
    assert.deepEqual(results[3], [12.5, null]);
    assert.match(String(results[4]), /"missing\.name" gives nothing/);
    assert.match(String(results[5]), /at character 7/);
    assert.deepEqual(results.slice(6, 9), [
      [3, 3],
      [1, 2],
      [2.5, 5],
    ]);
    assert.match(String(results[9]), /the value is an object/);
  });

  it("takes a document that is itself a value or a list", async () => {
    assert.deepEqual(await extracted("json", "\n42", {}), [[42, 2]]);
    assert.deepEqual(
      await extracted("json", "[1,\n2,\n3]", {}, { aggregate: "avg" }, { aggregate: "first" }),
      [
        [3, 3],
        [2, 1],
        [1, 1],
      ],
    );
    assert.deepEqual(
      await extracted("json", "[true, false]", { aggregate: "progress" }),
      [[50, null]].map(([value]) => [value, 1]),
    );
    for (const text of ["{}", "null", "1e400", "9007199254740993", "[null]", "[[5]]"]) {
      assert.equal(typeof (await extracted("json", text, {}))[0], "string", text);
    }
  });

  it("reads JSONC, YAML and TOML alike", async () => {
    const query = { query: "a.b[1]" };
    assert.deepEqual(await extracted("jsonc", '{"a": {"b": [1,\n 5,], /* c */}}', query), [[5, 2]]);
    assert.deepEqual(await extracted("yaml", "a:\n  b:\n    - 1\n    - 5\n", query), [[5, 4]]);
    assert.deepEqual(await extracted("toml", "[a]\nb = [1, 5]\n", query), [[5, null]]);
    assert.deepEqual(await extracted("toml", "d = 2024-01-01", { query: "d" }), [["2024-01-01", null]]);
    assert.match(String((await extracted("yaml", "a: .inf", { query: "a" }))[0]), /too large/);
  });

  it("throws where the file itself is damaged", async () => {
    await assert.rejects(extract("json", "{", []), SourceError);
    await assert.rejects(extract("csv", "a,b\n1", []), SourceError);
  });
});

describe("extraction from tables", () => {
  const CHURN = "month,rate,note\n2024-01,2.5,\n2024-02,,x\n2024-03,-1,\n";

  it("aggregates a column's cells but for blank ones", async () => {
    const rate = { column: "rate" };
    assert.deepEqual(
      await extracted(
        "csv",
        CHURN,
        rate,
        { ...rate, aggregate: "first" },
        { ...rate, aggregate: "avg" },
        { ...rate, aggregate: "count" },
        { aggregate: "count" },
        { column: "month" },
      ),
      [
        [-1, 4],
        [2.5, 2],
        [0.75, null],
        [2, null],
        [3, null],
        ["2024-03", 4],
      ],
    );
  });

  it("takes queries over its rows, in which cells are texts", async () => {
    const results = await extracted(
      "csv",
      CHURN,
      { query: "[?month >= '2024-02'].rate", aggregate: "last" },
      { query: "length([?note == 'x'])" },
      { query: "[].rate", aggregate: "sum" },
      { query: "[0].rate" },
      { query: "[?rate > `1`]", aggregate: "count" },
    );
    assert.deepEqual(
      [results[0], results[1], results[3]],
      [
        [-1, null],
        [1, null],
        [2.5, null],
      ],
    );
    assert.match(String(results[2]), /"" is not a number/);
    assert.match(String(results[4]), /to_number/);
  });

  it("says what is wrong for whom", async () => {
    const results = await extracted(
      "csv",
      'a,b\n1,"1,234"\n',
      { column: "c" },
      { column: "b", aggregate: "sum" },
      { aggregate: "sum" },
      { column: "a" },
      { column: "b" },
    );
    assert.match(String(results[0]), /no column "c". There are "a", "b"\./);
    assert.match(String(results[1]), /"1,234"/);
    assert.match(String(results[2]), /needs a "column"/);
    assert.deepEqual(results.slice(3), [
      [1, 2],
      ["1,234", 2],
    ]);
    assert.deepEqual(
      await extracted("csv", "a,__proto__\n1,2", { query: '[0]."__proto__"' }, { column: "__proto__" }),
      [
        [2, null],
        [2, 2],
      ],
    );
    assert.match(String((await extracted("csv", "a\n", { column: "a" }))[0]), /nothing matches yet/);
  });

  it("gives a column's sum as a naive computation does", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: -1e6, max: 1e6 })), async (numbers) => {
        const text = ["id,n", ...numbers.map((number, index) => `${index},${number}`)].join("\r\n");
        const sum = numbers.reduce((total, number) => total + number, 0);
        assert.deepEqual(await extracted("csv", text, { column: "n", aggregate: "sum" }), [[sum, null]]);
      }),
    );
  });
});

describe("extraction from Markdown and lines", () => {
  it("gives progress and count of tasks", async () => {
    const text = "- [x] a\n- [ ] b\n- [ ] c\n";
    const [progress, count, sum] = await extracted(
      "markdown",
      text,
      { aggregate: "progress" },
      { aggregate: "count" },
      { aggregate: "sum" },
    );
    assert.deepEqual(
      [progress, count],
      [
        [33.3, null],
        [3, null],
      ],
    );
    assert.match(String(sum), /"progress" or "count"/);
    assert.match(
      String((await extracted("markdown", "# Plan", { aggregate: "progress" }))[0]),
      /no task list yet/,
    );
    assert.deepEqual(await extracted("markdown", "# Plan", { aggregate: "count" }), [[0, null]]);
  });

  it("reads whole files of lines too", async () => {
    assert.deepEqual(await extracted("jsonl", '{"n": 1}\r\n{"n": 2}\r\n', { query: "n", aggregate: "sum" }), [
      [3, 2],
    ]);
    assert.deepEqual(await extracted("text", "a\nb\n", { aggregate: "count" }), [[2, 2]]);
  });

  it("gives exact numbers, texts or SourceErrors, whatever is read", async () => {
    const formats = fc.constantFrom<FileFormat>(
      "json",
      "jsonc",
      "yaml",
      "toml",
      "csv",
      "tsv",
      "markdown",
      "jsonl",
      "text",
    );
    const text = fc.array(
      fc.constantFrom(
        "a",
        "1",
        "9007199254740993",
        "1e400",
        "NaN",
        '"1,234"',
        ",",
        ":",
        " ",
        "\n",
        "[",
        "]",
        "{",
        "}",
        "=",
        "- [x] ",
        "null",
        "true",
        "\0",
        "\u001b[1m",
      ),
    );
    const chosen = fc.record({
      query: fc.constantFrom(null, "a", "[0]", "length(@)", "@"),
      column: fc.constantFrom(null, "a"),
      match: fc.constantFrom(null, "(a)?1"),
      aggregate: fc.constantFrom(...AGGREGATES),
    });
    await fc.assert(
      fc.asyncProperty(
        formats,
        text,
        fc.array(chosen, { maxLength: 3 }),
        async (format, parts, selections) => {
          const results = await extract(format, parts.join(""), selections).catch((error: unknown) => {
            assert.ok(error instanceof SourceError, String(error));
            return [];
          });
          for (const result of results) {
            if (!result.ok) assert.ok(result.error instanceof SourceError);
            else if (typeof result.value === "number")
              assert.ok(Number.isFinite(result.value) && Math.abs(result.value) < 2 ** 53);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
