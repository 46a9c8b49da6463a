import assert from "node:assert/strict";
import fc from "fast-check";
import { matchLines } from "../../../../src/core/discovery/lineMatches.js";
import { type LineUse, lineUses } from "../../../../src/core/discovery/lineUse.js";
import { numberPattern } from "../../../../src/core/discovery/numberPattern.js";
import { compileMatcher } from "../../../../src/core/formats/lineMatcher.js";
import { ENGLISH } from "../../../support/discovery.js";

describe("a selected number", () => {
  const pattern = (line: string, selected: string) => {
    const start = line.lastIndexOf(selected);
    return numberPattern(line, start, start + selected.length);
  };
  /** What is read of lines by what was selected in the first of them. */
  const reads = (selected: string, ...lines: readonly string[]) => {
    const read = compileMatcher(pattern(lines[0] ?? "", selected)?.expression ?? "(?!)", false);
    return lines.map(read);
  };
  const nameOf = (line: string, selected: string) => pattern(line, selected)?.name;
  const shown = async (line: string, selected: string) => {
    const start = line.indexOf(selected);
    const [use] = lineUses("number", { line, start, end: start + selected.length, file: "app" });
    const { entries } = await matchLines(line, use as LineUse, ENGLISH);
    const [entry] = entries;
    assert.ok(entry?.kind === "value");
    const { label, value, format, unit, scale } = entry.metric;
    return [label, value, format, unit, scale];
  };

  it("is the same count of a summary, whatever else it counts", () => {
    const pytest = [
      "===== 120 passed in 12.00s =====",
      "===== 5 failed, 118 passed, 2 skipped in 12.34s =====",
      "===== 1 failed, 122 passed in 61.00s =====",
    ] as const;
    assert.deepEqual(reads("120", ...pytest), ["120", "118", "122"]);
    assert.deepEqual(reads("118", pytest[1], pytest[0], pytest[2]), ["118", "120", "122"]);
    assert.deepEqual(reads("5", pytest[1].slice(0, 14), pytest[0], pytest[2]), ["5", null, "1"]);
    const jest = [
      "Tests:       1 failed, 2 skipped, 120 passed, 123 total",
      "Tests:       123 passed, 123 total",
      "Test Suites: 5 passed, 5 total",
      "Snapshots:   0 total",
    ] as const;
    assert.deepEqual(reads("120", ...jest), ["120", "123", null, null]);
    assert.deepEqual(reads("123", ...jest), ["123", "123", null, null]);
    assert.deepEqual(reads("123 passed", jest[1], jest[0]), ["123", "120"]);
    const vitest = [
      " Tests  1 failed | 119 passed | 2 skipped (122)",
      " Tests  122 passed (122)",
      " Test Files  1 failed | 4 passed (5)",
    ] as const;
    assert.deepEqual(reads("119", ...vitest), ["119", "122", null]);
    assert.deepEqual(reads("122 passed", vitest[1], vitest[0]), ["122", "119"]);
    assert.deepEqual(
      reads(
        "120",
        "test result: ok. 120 passed; 0 failed; 3 ignored",
        "test result: FAILED. 118 passed; 2 failed",
      ),
      ["120", "118"],
    );
    assert.deepEqual(
      reads(
        "120",
        "2025-11-08 17:40:38 120 passed",
        "2025-11-09 17:40:38 5 failed, 118 passed",
        "1 120 passed",
      ),
      ["120", "118", null],
    );
    assert.equal(nameOf(pytest[1], "118"), "passed");
    assert.equal(nameOf(jest[0], "123"), "total");
  });

  it("counts one and several of the same", () => {
    assert.deepEqual(reads("5", "✖ 7 problems (5 errors, 2 warnings)", "✖ 1 problem (1 error, 0 warnings)"), [
      "5",
      "1",
    ]);
    assert.deepEqual(reads("1", "[INFO] 1 problem", "[INFO] 7 problems", "[INFO] 1,120 problems"), [
      "1",
      "7",
      null,
    ]);
    assert.deepEqual(reads("1", "[INFO] 1 query", "[INFO] 7 queries", "[INFO] 3 errors"), ["1", "7", null]);
    assert.deepEqual(reads("7", "[INFO] 7 queries", "[INFO] 1 query"), ["7", "1"]);
    assert.deepEqual(reads("5", "done in 5 seconds", "done in 1 second"), ["5", "1"]);
  });

  it("has the same unit in every line", () => {
    const lines = ["Uploaded 512 KB in 850 ms", "Uploaded 1.5 MB in 2 s", "Uploaded 3 KB in 9 ms"] as const;
    assert.deepEqual(reads("512", ...lines), ["512", null, "3"]);
    assert.deepEqual(reads("850", ...lines), ["850", null, "9"]);
    assert.deepEqual(reads("93.5", "disk: 93.5% used", "disk: 17 GB used"), ["93.5", null]);
    assert.deepEqual(reads("12", "took 12µs", "took 3ms"), ["12", null]);
    assert.deepEqual(reads("42", "took=42", "took=850ms", "took=2025-11-08", "took=17:40"), [
      "42",
      null,
      null,
      null,
    ]);
    assert.deepEqual(reads("12", "batch_12_done", "batch_13_failed"), ["12", null]);
  });

  it("is no part of a duration, a moment or an id", () => {
    for (const [line, selected] of [
      ["took=1m30s", "1"],
      ["took=1m30s", "30"],
      ["trace=7f3a9b", "7"],
      ["on 2025-11-08", "2025"],
      ["at 17:40:38", "17"],
      ["Balance: -$42", "42"],
    ] as const) {
      assert.equal(pattern(line, selected), null, `${line}: ${selected}`);
    }
  });

  it("is an amount in the currency beside it", async () => {
    assert.deepEqual(await shown("Balance: -42 EUR", "-42"), ["Balance", -42, "currency", "EUR", 1]);
    assert.deepEqual(await shown("cost 12.5€", "12.5"), ["Cost", 12.5, "currency", "EUR", 1]);
    assert.deepEqual(await shown("Paid £12.50 for x", "12.50"), ["Paid", 12.5, "currency", "GBP", 1]);
    assert.deepEqual(await shown("Paid 12 zł", "12"), ["Paid", 12, "currency", "PLN", 1]);
    assert.deepEqual(reads("-42", "Balance: -42 EUR", "Balance: 5 USD"), ["-42", null]);
    assert.deepEqual(reads("12", "[INFO] $12 paid", "[INFO] €12 paid", "[INFO] 12 paid"), ["12", null, null]);
    assert.equal(pattern("price US$12", "12")?.currency, null);
  });

  it("is found by the field before it, not by all of a line without blanks", () => {
    const line = (id: string, url: string, ms: number) =>
      `{"level":30,"req":{"id":"${id}","url":"${url}"},"res":{"status":200},"responseTime":${ms}}`;
    assert.deepEqual(reads("42", line("a1", "/users", 42), line("b", "/", 7)), ["42", "7"]);
    assert.deepEqual(reads("2", "a=1,b=2", "b=5"), ["2", "5"]);
    assert.deepEqual(reads("5", "/list?x=1&n=5", "/?n=7"), ["5", "7"]);
  });

  it("is of one series of Prometheus", () => {
    const lines = [
      'http_requests_total{method="GET",code="200"} 1027',
      'http_requests_total{method="GET",code="500"} 3',
      'http_errors_total{method="GET",code="200"} 4',
    ] as const;
    assert.deepEqual(reads("1027", ...lines), ["1027", null, null]);
    assert.equal(nameOf(lines[0], "1027"), "http_requests_total");
    assert.equal(nameOf('temp{sensor="a"} -1.5', "-1.5"), "temp");
    assert.deepEqual(
      reads("1.76430012345e+09", "start_seconds 1.76430012345e+09", "start_seconds 5", "start_seconds 1e-07"),
      ["1.76430012345e+09", "5", "1e-07"],
    );
  });

  it("is named by the word that it is about", () => {
    for (const [line, selected, name] of [
      ["built in 1.2s", "1.2", "built"],
      ["17:40:38 built in 1.2s", "1.2", "built"],
      ["queue depth is 17", "17", "depth"],
      ["45.2 MB (12.3%)", "12.3", ""],
      ["min 5", "5", "min"],
      ["2 skipped in 12.34s", "12.34", ""],
      ["in 5 took 12", "12", "took"],
      ["12 ms for GET", "12", "GET"],
    ] as const) {
      assert.equal(nameOf(line, selected), name, line);
    }
  });

  it("is read whole from its line, or not at all", () => {
    const part = fc.constantFrom(
      ..."passed failed, ms in s EUR $ % ( ) | : = - { } , . 12 1 3.5 1e+06 5e3 µs _ a1".split(" "),
      " ",
      "  ",
    );
    return fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.nat(40), (parts, at) => {
        const line = parts.join("");
        const found = numberPattern(line, at, at + 1);
        if (found === null) return;
        const value = compileMatcher(found.expression, false)(line) ?? "";
        assert.ok(!Number.isNaN(Number(value)) && value !== "", `${line} ${found.expression}`);
        const start = new RegExp(found.expression, "du").exec(line)?.indices?.groups?.value;
        assert.ok(start && start[0] <= at && start[1] > at, `${line} ${found.expression}`);
        assert.doesNotMatch(line.slice(start[1]), /^\d/);
        assert.doesNotMatch(line.slice(0, start[0]), /\d[.,]?$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it("takes no longer than its line is long", () => {
    const long = 50_000;
    for (const before of [
      "{".repeat(long),
      "a".repeat(long),
      "1".repeat(long),
      "5 a, ".repeat(long / 5),
      "Tests:5 a,".repeat(long / 10),
      " ".repeat(long),
    ]) {
      const begun = performance.now();
      const line = `${before} x Tests: 1 failed, 2 passed`;
      const found = pattern(line, "2");
      assert.ok(found);
      new RegExp(found.expression, "u").exec(`${before} !`);
      assert.ok(performance.now() - begun < 1_000, before.slice(0, 10));
    }
  });
});
