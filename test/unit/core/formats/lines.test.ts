import assert from "node:assert/strict";
import fc from "fast-check";
import type { Selection } from "../../../../src/core/config/metricDefinition.js";
import type { LineFormat } from "../../../../src/core/formats/fileFormat.js";
import { createLineReader, type LineResult } from "../../../../src/core/formats/lines.js";
import { SourceError } from "../../../../src/core/sources/sourceError.js";

function selection(given: Partial<Selection>): Selection {
  return { query: null, column: null, match: null, aggregate: "last", ...given };
}

function read(format: LineFormat, given: Partial<Selection>, lines: readonly string[]): LineResult {
  const reader = createLineReader(selection(given), format);
  for (const [index, line] of lines.entries()) reader.add(line, index + 1);
  return reader.result();
}

const LOG = [
  "\u001b[32minfo\u001b[0m took 12ms",
  "level=error took 8.5ms",
  "",
  "level=error timed out",
  "\0\0\0",
];

describe("lines of text", () => {
  it("count, or give what they match", () => {
    assert.deepEqual(read("text", { match: "level=error", aggregate: "count" }, LOG), {
      value: 2,
      line: 4,
      unread: null,
    });
    const match = "took (?<value>[0-9.]+)ms";
    assert.deepEqual(read("text", { match, aggregate: "avg" }, LOG), { value: 10.25, line: 2, unread: null });
    assert.deepEqual(read("text", { match, aggregate: "first" }, LOG), { value: 12, line: 1, unread: null });
    assert.equal(read("text", { match: "level=(\\w+)" }, LOG).value, "error");
    assert.equal(read("text", { match: "^info took" }, LOG).value, "info took");
    assert.equal(read("text", { match: "error( took)?", aggregate: "count" }, LOG).value, 2);
    assert.equal(read("text", { match: "nowhere", aggregate: "count" }, LOG).value, 0);
  });

  it("without a match are their text, or counted where not blank", () => {
    assert.equal(read("text", { aggregate: "count" }, LOG).value, 3);
    assert.deepEqual(read("text", {}, LOG), { value: "level=error timed out", line: 4, unread: null });
    assert.equal(read("text", {}, ["41", " 42 ", ""]).value, 42);
  });

  it("name the line of what is no number", () => {
    assert.throws(
      () => read("text", { match: "n=(\\S+)", aggregate: "sum" }, ["n=1", "n=1,234"]),
      (error) => error instanceof SourceError && error.line === 2 && /1,234/.test(error.reason),
    );
  });

  it("take expressions with and without Unicode rules, and refuse wrong ones at the end", () => {
    assert.equal(read("text", { match: "\\p{Lu}+" }, ["é ÄÖ"]).value, "ÄÖ");
    assert.equal(read("text", { match: "a\\-b" }, ["a-b"]).value, "a-b");
    const reader = createLineReader(selection({ match: "(a" }), "text");
    reader.add("a", 1);
    assert.throws(() => reader.result(), /not a valid regular expression/);
  });
});

describe("lines of JSONL", () => {
  const EVENTS = [
    '{"user": {"age": 30}}',
    '{"user": {}}',
    "",
    '{"user": {"age": 40}}',
    '{"user": {"a',
    "[".repeat(100_000),
  ];

  it("give what the query finds, and remember what is damaged", () => {
    const result = read("jsonl", { query: "user.age", aggregate: "avg" }, EVENTS);
    assert.deepEqual([result.value, result.line], [35, 4]);
    assert.deepEqual([result.unread?.count, result.unread?.first, result.unread?.last], [2, 5, 6]);
    assert.equal(read("jsonl", { query: "user.age", aggregate: "count" }, EVENTS).value, 2);
    assert.equal(read("jsonl", { aggregate: "count" }, EVENTS).value, 3);
    assert.equal(
      read("jsonl", { query: "length(user)", aggregate: "count" }, ['{"user": 5}', '{"user": "Al"}']).value,
      1,
    );
  });

  it("are no numbers where they are texts", () => {
    assert.throws(() => read("jsonl", { query: "n", aggregate: "sum" }, ['{"n": "5"}']), SourceError);
    assert.throws(() => read("jsonl", { query: "n" }, ['{"n": 9007199254740993}']), SourceError);
    assert.throws(() => read("jsonl", {}, ['{"n": 1}']), SourceError);
    assert.throws(() => read("jsonl", { query: "a b" }, ["{}"]), SourceError);
  });
});

describe("line readers", () => {
  it("go on from a stored state as if they had never stopped", () => {
    const lines = fc.array(
      fc.constantFrom('{"n": 1}', '{"n": 2.5}', '{"n": "x"}', "{", "", "n=7", "n=0.1", "null"),
    );
    const aggregates = fc.constantFrom("last", "first", "count", "sum", "avg", "min", "max", "progress");
    const formats = fc.constantFrom<LineFormat>("jsonl", "text");
    fc.assert(
      fc.property(lines, fc.nat(), aggregates, formats, (all, cut, aggregate, format) => {
        const chosen = selection(
          format === "jsonl" ? { query: "n", aggregate } : { match: "n\\D+([\\d.]+)", aggregate },
        );
        const whole = createLineReader(chosen, format);
        const before = createLineReader(chosen, format);
        const at = cut % (all.length + 1);
        for (const [index, line] of all.entries()) {
          whole.add(line, index + 1);
          if (index < at) before.add(line, index + 1);
        }
        const after = createLineReader(chosen, format, JSON.parse(JSON.stringify(before.state())));
        for (const [index, line] of all.entries()) if (index >= at) after.add(line, index + 1);
        assert.deepEqual(after.state(), whole.state());
      }),
    );
  });

  it("refuse a state that is none", () => {
    for (const state of [5, {}, { fold: {}, line: 1, unread: null }, []]) {
      assert.throws(() => createLineReader(selection({}), "text", state), SourceError);
    }
  });

  it("hold a state that does not grow with the lines", () => {
    const reader = createLineReader(selection({}), "text");
    for (let line = 1; line <= 1_000; line++) reader.add("x".repeat(10_000), line);
    assert.ok(JSON.stringify(reader.state()).length < 5_000);
  });

  it("throw nothing but SourceError, whatever the lines", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<LineFormat>("jsonl", "text"),
        fc.array(fc.string({ unit: "binary" })),
        (format, lines) => {
          try {
            read(format, { aggregate: "sum" }, lines);
          } catch (error) {
            assert.ok(error instanceof SourceError);
          }
        },
      ),
    );
  });
});
