import assert from "node:assert/strict";
import fc from "fast-check";
import { matchLines } from "../../../../src/core/discovery/lineMatches.js";
import { countPattern } from "../../../../src/core/discovery/linePattern.js";
import { type LineUse, lineUses } from "../../../../src/core/discovery/lineUse.js";
import { numberPattern } from "../../../../src/core/discovery/numberPattern.js";
import { compileMatcher } from "../../../../src/core/formats/lineMatcher.js";
import { ENGLISH } from "../../../support/discovery.js";

const VALUE = "(?<value>-?\\d+(?:\\.\\d+(?:[eE][+-]?\\d+)?|[eE][+-]\\d+)?)";
const NUMBER_END = "(?![\\wµμ]|[.,:'’\\u00a0\\u202f]\\d|-\\w)";
const NUMBERS = "\\d+(?:[.,]\\d+)*";

describe("a selected piece of a line", () => {
  const counts = (line: string, selected: string) => {
    const start = line.indexOf(selected);
    return countPattern(line, start, start + selected.length, "any");
  };
  const reads = (line: string, selected: string) => {
    const start = line.indexOf(selected);
    return numberPattern(line, start, start + selected.length);
  };

  const uses = (kind: LineUse["kind"], line: string, selected: string) => {
    const start = line.indexOf(selected);
    return lineUses(kind, { line, start, end: start + selected.length, file: "app" });
  };

  it("stands for all that differ from it in numbers, times and ids", () => {
    const cases: readonly [line: string, selected: string, expression: string][] = [
      ["x level=error y", "level=error", "\\blevel=error\\b"],
      ["GET /a/12 took 3.5ms", "GET /a/12 took 3.5ms", `\\bGET \\/a\\/${NUMBERS} took ${NUMBERS}ms\\b`],
      ["errors", "error", "\\berror"],
      [
        "2025-11-08T17:40:38.902Z [ok]",
        "2025-11-08T17:40:38.902Z [ok]",
        `\\b${NUMBERS}-${NUMBERS}-${NUMBERS}T${NUMBERS}:${NUMBERS}:${NUMBERS}Z \\[ok\\]`,
      ],
      [
        "id 6f9619ff-8b86-d011-b42d-00cf4fc964ff gone",
        "6f9619ff-8b86-d011-b42d-00cf4fc964ff gone",
        "\\b[0-9a-fA-F-]+ gone\\b",
      ],
      ["commit a1b2c3d  by", " a1b2c3d  by", "\\b[0-9a-fA-F-]+\\s+by\\b"],
    ];
    for (const [line, selected, expression] of cases) assert.equal(counts(line, selected), expression);
    assert.equal(counts("a   b", "   "), null);
    assert.equal(counts("a", ""), null);
    assert.equal(
      countPattern("(".repeat(600), 0, 600, "any"),
      null,
      "fusion.json takes no expression as long as this",
    );
  });

  it("is counted with its own numbers or with any", async () => {
    const text = "GET /a status=200\nGET /b  status=500\nGET /c status=200\n";
    const found = uses("count", "GET /b  status=500", "status=500");
    const shown = [];
    for (const use of found) {
      const { count, examples, entries } = await matchLines(text, use, ENGLISH);
      const label = entries[0]?.kind === "value" ? entries[0].metric.label : null;
      shown.push([use.kind === "count" && use.numbers, use.match, count, examples[0], label]);
    }
    assert.deepEqual(shown, [
      ["same", "\\bstatus=500\\b", 1, "GET /b  status=500", "Status 500"],
      ["any", `\\bstatus=${NUMBERS}\\b`, 3, "GET /c status=200", "Status"],
    ]);
    assert.deepEqual(
      uses("count", "GET /b  p99 ok", "GET /b  p99 ok").map(({ match, name }) => [match, name]),
      [["\\bGET \\/b\\s+p99 ok\\b", "GET b p99 ok"]],
      "no number of its own",
    );
  });

  it("stands for numbers of any shape", () => {
    const line = "took 1.5s for job 12,450 of a1";
    const expression = counts(line, line) ?? "";
    assert.equal(expression, `\\btook ${NUMBERS}s for job ${NUMBERS} of a1\\b`);
    const matches = compileMatcher(expression, true);
    assert.notEqual(matches("took 2s for job 999 of a1"), null);
    assert.equal(matches("took 2s for job x of a1"), null);
  });

  it("keeps the digits of a name, which tell it from another one", () => {
    const cases: readonly [line: string, expression: string][] = [
      ["p99=300ms", `\\bp99=${NUMBERS}ms\\b`],
      ["http2 ipv4 worker_3 5xx=12", `\\bhttp2 ipv4 worker_3 5xx=${NUMBERS}\\b`],
      ["worker-3 10.0.0.1:8080", `\\bworker-${NUMBERS} ${NUMBERS}:${NUMBERS}\\b`],
      ["user82764 req_a1b2c3d4 at 0x712", "\\buser\\d+ req_[0-9a-fA-F-]+ at 0x[0-9a-fA-F-]+\\b"],
      [
        "20251108T174038Z in 1m30s, 1_234 of 1.5e-3",
        `\\b${NUMBERS}T${NUMBERS}Z in ${NUMBERS}m${NUMBERS}s, ${NUMBERS}_${NUMBERS} of ${NUMBERS}e-${NUMBERS}\\b`,
      ],
    ];
    for (const [line, expression] of cases) assert.equal(counts(line, line), expression);
    assert.equal(counts("p99=300ms", "99=300"), `99=${NUMBERS}`);
    const found = reads("p99=300ms", "300");
    assert.equal(compileMatcher(found?.expression ?? "", false)("p99=310ms"), "310");
    assert.equal(compileMatcher(found?.expression ?? "", false)("p50=12ms"), null);
  });

  it("finds its own line, whatever is selected of it", () =>
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(30), fc.nat(30), (text, a, b) => {
        const line = text.replace(/[\r\n\u2028\u2029]/g, " ");
        for (const numbers of ["same", "any"] as const) {
          const expression = countPattern(line, Math.min(a, b), Math.max(a, b), numbers);
          if (expression !== null) assert.notEqual(compileMatcher(expression, true)(line), null, expression);
        }
      }),
    ));

  it("gives its number by the words before it and the unit behind it", () => {
    const cases: readonly [line: string, selected: string, expression: string, key: string][] = [
      ["09:00 GET took 12ms", "12", `\\btook ${VALUE}ms\\b`, "took ms"],
      ["users=42, rest", "42", `\\busers=${VALUE}${NUMBER_END}`, "users"],
      ["usage: 93.5% of disk", "usage: 93.5%", `\\busage: ${VALUE}%`, "usage percent"],
      ["-3, degrees", "-3", `^${VALUE}${NUMBER_END}`, "degrees"],
    ];
    for (const [line, selected, expression, key] of cases) {
      const found = reads(line, selected);
      assert.deepEqual([found?.expression, found?.key], [expression, key], line);
    }
  });

  it("takes in as much of the line as tells the number from another one", () => {
    const line = "in 5 s out 7 s";
    const found = reads(line, "7");
    assert.equal(compileMatcher(found?.expression ?? "", false)(line), "7");
    assert.equal(compileMatcher(found?.expression ?? "", false)("in 15 s out 17 s"), "17");
    const same = "took 5 took 7";
    assert.equal(compileMatcher(numberPattern(same, 12, 13)?.expression ?? "", false)(same), "7");
  });

  it("refuses what would be read as another number", () => {
    for (const [line, selected] of [
      ["sum 12,450", "12"],
      ["sum 12,450", "12,450"],
      ["version 1.2.3", "1.2.3"],
      ["version 1.2.3", "3"],
      ["mass 1e5", "1e5"],
      ["mass 1e5", "5"],
      ["took 3,5 ms", "3,5"],
      ["took 3,5 ms", "5"],
      ["sum 1.234,56 EUR", "1.234,56"],
      ["sum 1.234,56 EUR", "56"],
      ["sum 1'234", "1'234"],
      ["sum 1’234", "234"],
      ["sum 1 234 items", "1 234"],
      ["sum 1\u00a0234 items", "1\u00a0234"],
      ["sum 1\u202f234 items", "234"],
      ["sum 1_234 items", "1_234"],
      ["sum 1,23,456 items", "1,23,456"],
      ["load .5", ".5"],
      ["load=,5", "5"],
      ["change \u22125", "5"],
      ["at (5,-3)", "-3"],
      ["no number", "number"],
    ] as const) {
      assert.equal(reads(line, selected), null, `${line}: ${selected}`);
    }
  });

  it("takes no part of another line's number", () => {
    const expression = reads("sum=5 items", "5")?.expression ?? "";
    const read = compileMatcher(expression, false);
    for (const number of [
      "3,5",
      "1.234,56",
      "1'234",
      "1’234",
      "1\u00a0234",
      "1\u202f234",
      "1_234",
      ".5",
      "\u22125",
    ])
      assert.equal(read(`sum=${number} items`), null, number);
    assert.equal(read("sum=3, 5 items"), "3");
  });

  it("tells signs between numbers from those in one", () => {
    for (const [line, selected, value] of [
      ["a=3,status=5", "3", "3"],
      ["a=3,status=5", "5", "5"],
      ["latency,300", "300", "300"],
      ["took='12'", "12", "12"],
      ["loading...5", "5", "5"],
      ["GET 200 123", "200", "200"],
      ["in 5, out 7", "5", "5"],
      ["x,-3", "-3", "-3"],
    ] as const) {
      const found = reads(line, selected);
      assert.equal(compileMatcher(found?.expression ?? "", false)(line), value, line);
    }
  });

  it("gives the number that is selected, or none", () =>
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(" ", "took", "=", ",", ".", "-", "ms", "[", ":"), fc.nat(9999)), {
          maxLength: 9,
        }),
        fc.nat(40),
        (parts, at) => {
          const line = parts.join("");
          const found = numberPattern(line, at, at + 1);
          if (found === null) return;
          const value = compileMatcher(found.expression, false)(line);
          const start = new RegExp(found.expression, "du").exec(line)?.indices?.groups?.value;
          assert.ok(
            value !== null && start && start[0] <= at && start[1] > at,
            `${line} ${found.expression}`,
          );
        },
      ),
      { numRuns: 500 },
    ));

  it("is of the line without a terminal's colours, as its metric reads it", async () => {
    const line = "\u001b[32mINFO\u001b[0m queue=\u001b[36m17\u001b[0m";
    const use = (kind: LineUse["kind"], selected: string) => uses(kind, line, selected)[0];
    const found = use("number", "17");
    assert.ok(found?.kind === "number");
    assert.equal(found.match, `\\bqueue=${VALUE}${NUMBER_END}`);
    assert.deepEqual([found.name, found.key], ["queue", "queue"]);
    const { entries } = await matchLines(`${line}\n`, found, ENGLISH);
    assert.ok(entries[0]?.kind === "value" && entries[0].metric.value === 17);
    assert.deepEqual(use("count", "2mINFO"), {
      kind: "count",
      match: "\\bINFO\\b",
      name: "INFO",
      file: "app",
      numbers: "same",
    });
    assert.deepEqual(use("count", "INFO\u001b[0m queue"), {
      kind: "count",
      match: "\\bINFO queue\\b",
      name: "INFO queue",
      file: "app",
      numbers: "same",
    });
    assert.equal(use("count", "\u001b[36m"), undefined);
    assert.equal(use("number", "36m"), undefined);
  });

  it("is shown with the lines that it is found in, the newest first", async () => {
    const text = "took 1ms\n\u001b[31mtook 2ms\u001b[0m\nnothing\ntook 3ms\ntook 4ms\n";
    const match = reads("took 1ms", "1")?.expression ?? "";
    const use = { kind: "number", match, name: "took", file: "app", key: "took ms", currency: null } as const;
    const { entries, count, examples } = await matchLines(text, use, ENGLISH);
    assert.equal(count, 4);
    assert.deepEqual(examples, ["took 4ms", "took 3ms", "took 2ms"]);
    const shown = entries.map(
      (entry) => entry.kind === "value" && [entry.aggregate, entry.metric.value, entry.metric.unit],
    );
    assert.deepEqual(shown, [
      ["last", 4, "ms"],
      ["sum", 10, "ms"],
      ["avg", 2.5, "ms"],
      ["min", 1, "ms"],
      ["max", 4, "ms"],
    ]);
    const none = await matchLines(text, { ...use, match: "walked (?<value>\\d+)" }, ENGLISH);
    assert.deepEqual([none.count, none.entries], [0, []], "a total of nothing is none");
    const nothing = {
      kind: "count",
      match: "nothing",
      name: "nothing",
      file: "app",
      numbers: "same",
    } as const;
    const counted = await matchLines(text, nothing, ENGLISH);
    assert.deepEqual([counted.count, counted.entries.length], [1, 1]);
  });
});
