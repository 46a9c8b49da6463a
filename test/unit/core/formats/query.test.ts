import assert from "node:assert/strict";
import fc from "fast-check";
import { search } from "jmespath";
import { compileQuery } from "../../../../src/core/formats/query.js";
import { SourceError } from "../../../../src/core/sources/sourceError.js";

const DOCUMENT = {
  total: 17,
  name: "Fusion",
  empty: [],
  items: [
    { state: "open", price: 10, tags: ["a", "b"], owner: { name: "Zoe" } },
    { state: "closed", price: 9, tags: [], owner: { name: "Ann" } },
    { state: "open", price: 2.5, tags: ["c"], note: null, owner: { name: "Max" } },
  ],
  byName: { x: { n: 1 }, y: { n: 2 } },
  matrix: [[1, 2], [3], 4],
};

const evaluate = (expression: string, document: unknown = DOCUMENT) =>
  compileQuery(expression).evaluate(document);

function errorOf(run: () => unknown): SourceError {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof SourceError, String(error));
    return error;
  }
  assert.fail("expected a SourceError");
}

describe("queries", () => {
  it("give what JMESPath's own library gives", () => {
    const expressions = [
      "total",
      "items[0].price",
      "items[-1].state",
      "items[9]",
      "nothing.at.all",
      "items[].price",
      "items[*].tags[0]",
      "items[*].tags[]",
      "items[?state=='open'].price",
      "items[?price > `5` && state != 'open']",
      "items[?!note].state",
      "length(items[?state=='open'])",
      "byName.*.n",
      "byName.* | [0]",
      "items[1:]",
      "items[::-1].price",
      "items[:-1] | length(@)",
      "items[0:9:2].price",
      "items[-2:].price",
      "[total, name]",
      "{a: total, b: items[0].price}",
      "total || name",
      "empty || name",
      "sum(items[].price)",
      "avg(items[].price)",

      "max(empty)",
      "min(items[].price)",
      "max(items[].state)",
      "max_by(items, &price).state",
      "sort_by(items, &owner.name)[*].price",
      "sort(items[].state)",
      "keys(byName)",
      "values(byName)[].n",
      "join('-', items[].state)",
      "reverse(name)",
      "reverse(matrix)",
      "to_string(matrix)",
      "to_number('1.5')",
      "to_number('x')",
      "to_array(total)",
      "type(@)",
      "not_null(nothing, name)",
      "starts_with(name, 'Fu')",
      "ends_with(name, 'x')",
      "contains(name, 'sio')",
      "contains(items[0].tags, 'b')",
      "floor(items[2].price)",
      "ceil(items[2].price)",
      "abs(`-3`)",
      "map(&price, items)",
      "merge(byName, {z: total})",
      "matrix[]",
      "items[?contains(tags, 'c')] | [0].price",
      '"total"',
      'items[?tags == `["c"]`].price',
      "@",
      "items[?owner.name=='Ann'] | length(@)",
      '`{"a": [1]}`.a[0]',
      "type(nothing)",
    ];
    for (const expression of expressions) {
      assert.deepEqual(evaluate(expression), search(DOCUMENT, expression), expression);
    }
  });

  it("see own keys alone", () => {
    for (const key of ["constructor", "toString", "__proto__", "hasOwnProperty", "length"]) {
      assert.equal(evaluate(`"${key}"`), null, key);
      assert.equal(evaluate(key, JSON.parse(`{"${key}": 5}`)), 5, key);
    }
    assert.equal(evaluate("[?a].a | [0].b", [{ a: Object.assign(Object.create(null), { b: 1 }) }]), 1);
  });

  it("invent no number", () => {
    for (const text of ["''", "' '", "'0x10'", "'1e400'", "'1,234'"])
      assert.equal(evaluate(`to_number(${text})`), null);
    assert.match(
      errorOf(() => evaluate("[?rate > `5`]", [{ rate: "10" }])).reason,
      /the text "10" with the number 5.*to_number/,
    );
    const rows = [{ p95: "90" }, { p95: "120" }, { p95: "100" }];
    for (const query of ["max([].p95)", "[?p95 > '95']", "min_by(@, &p95).p95", "sort([].p95)[-1]"]) {
      assert.throws(() => evaluate(query, rows), /orders "\d+" and "\d+" as texts.*to_number/, query);
    }
    assert.equal(evaluate("max([].to_number(p95))", rows), 120);
    const years = [
      { year: "2024", version: "1.2.3" },
      { year: "2025", version: "1.10.0" },
    ];
    assert.equal(evaluate("max([].year)", years), "2025", "texts and numbers come in the same order");
    assert.equal(evaluate("max([].version)", years), "1.2.3", "no numbers");
    assert.deepEqual(evaluate("[?to_number(rate) > `5`].rate", [{ rate: "10" }, { rate: "" }]), ["10"]);
    assert.deepEqual(evaluate("[?day >= '2024-02-01'].day", [{ day: "2024-01-31" }, { day: "2024-02-01" }]), [
      "2024-02-01",
    ]);
    assert.equal(evaluate("min_by(items, &owner.name).price"), 9);
    assert.deepEqual(evaluate("sort(@)", [10, 9, 100]), [9, 10, 100]);
    assert.equal(evaluate("sum(@)", [1e15, 0.1, -1e15]), 0.1);
    assert.equal(evaluate("avg(empty)"), null);
  });

  it("say in plain words what is of the wrong kind", () => {
    assert.match(
      errorOf(() => evaluate("length(total)")).reason,
      /length\(\).*needs a text, a list or an object, but is given 17/,
    );
    assert.match(errorOf(() => evaluate("sum(items)")).reason, /needs a list of numbers/);
    assert.match(errorOf(() => evaluate("length(nothing)")).reason, /nothing \(null\)/);
    errorOf(() => evaluate("sort_by(items, &tags)"));
    errorOf(() => evaluate("&total"));
  });

  it("say where an expression is wrong", () => {
    const positions = {
      "a b": 3,
      "a.b[0].c)": 9,
      "a[?b==1]": 7,
      "items[?price > 5]": 16,
      "a.b c": 5,
    };
    for (const [expression, position] of Object.entries(positions)) {
      assert.match(
        errorOf(() => compileQuery(expression)).reason,
        new RegExp(`at character ${position}\\.`),
        expression,
      );
    }
    assert.match(errorOf(() => compileQuery("a[?b==1]")).reason, /backticks: `5`/);
    assert.match(errorOf(() => compileQuery("length(items")).reason, /bracket is not closed/);
    assert.match(errorOf(() => compileQuery("a..b")).reason, /missing/);
    assert.match(errorOf(() => compileQuery("lenght(items)")).reason, /no function lenght\(\)/);
    assert.match(errorOf(() => compileQuery("length(a, b)")).reason, /takes 1 value, but is given 2/);
    for (const expression of [
      "",
      " ",
      "#",
      "=",
      "a = `1`",
      "a.",
      "()",
      "[1-2]",
      "a[::0]",
      "`{`",
      '"abc',
      "!".repeat(999),
      "(".repeat(999),
      "a".repeat(1_001),
      "constructor(@)",
    ])
      assert.throws(() => compileQuery(expression).evaluate(DOCUMENT), SourceError, expression.slice(0, 20));
  });

  it("know where simple ones lead", () => {
    assert.deepEqual(compileQuery("a.b[0].c").path, ["a", "b", 0, "c"]);
    assert.deepEqual(compileQuery("[1][2]").path, [1, 2]);
    for (const expression of ["a[-1]", "a[*].b", "length(a)", "a || b", "a[1:]"])
      assert.equal(compileQuery(expression).path, null);
  });

  it("stop before they take too much time or room", () => {
    const doubled = Array(40).fill("[@, @][]").join(" | ");
    errorOf(() => evaluate(doubled, [1, 2]));
    const many = Array.from({ length: 200_000 }, (_, index) => index);
    assert.equal(evaluate("max([a, b][])", { a: many, b: many }), 199_999);
  }).timeout(20_000);

  it("give a value or a SourceError, whatever the expression", () => {
    const words = fc.constantFrom(
      "total",
      "items",
      "name",
      "[0]",
      "[]",
      "[*]",
      ".",
      "*",
      "|",
      "||",
      "&&",
      "!",
      "==",
      "<",
      "=",
      "length(",
      "sum(",
      "sort_by(",
      ")",
      ",",
      "&",
      "@",
      "[?",
      "]",
      "`1`",
      "'x'",
      "{",
      "a:",
      "}",
      "1",
      "-",
      ":",
      '"q"',
      " ",
      "#",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 8 }), fc.jsonValue({ maxDepth: 3 }), (parts, document) => {
        try {
          const value = evaluate(parts.join(""), document);
          assert.notEqual(value, undefined);
        } catch (error) {
          assert.ok(error instanceof SourceError, `${parts.join("")} ${String(error)}`);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
