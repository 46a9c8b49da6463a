import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type AlertDraft,
  conditionsFor,
  entryOf,
  suggestedValue,
} from "../../../../src/core/alerts/alertDraft.js";
import { checkAlert } from "../../../../src/core/alerts/alertEntry.js";
import type { MetricValue } from "../../../../src/protocol/snapshot.js";

const DRAFT: AlertDraft = {
  metric: "revenue",
  kind: "below",
  value: "11000",
  within: "1h",
  for: "",
  severity: "warning",
};

describe("an alert as somebody writes it", () => {
  it("becomes what fusion.json holds, without what does not go with its condition", () => {
    const entry = (part: Partial<AlertDraft>, current: MetricValue = 5) =>
      entryOf({ ...DRAFT, ...part }, current);
    assert.deepEqual(entry({}), { metric: "revenue", below: 11000, severity: "warning" });
    assert.deepEqual(entry({ kind: "risesBy", value: " 5% ", for: " 10m" }), {
      metric: "revenue",
      risesBy: "5%",
      within: "1h",
      for: "10m",
      severity: "warning",
    });
    assert.deepEqual(entry({ kind: "fallsBy", value: "50", within: "" }), {
      metric: "revenue",
      fallsBy: 50,
      severity: "warning",
    });
    assert.deepEqual(entry({ kind: "noDataFor", value: "30m", for: "1h" }), {
      metric: "revenue",
      noDataFor: "30m",
      severity: "warning",
    });
    assert.equal(entry({ kind: "becomes", value: "404" }, 200).becomes, 404);
    assert.equal(entry({ kind: "becomes", value: "404" }, "200").becomes, "404");
  });

  it("leaves what is no number to the parser to refuse", () => {
    for (const value of ["", "  ", "1e999", "1e-400", "NaN", "10,000", "Infinity", "9007199254740993"]) {
      assert.notEqual(checkAlert(entryOf({ ...DRAFT, value }, 5)).problem, null, value);
    }
  });

  it("begins near the present value, by a round number", () => {
    const suggested = (current: MetricValue) =>
      ["below" as const, "above" as const].map((kind) => suggestedValue(kind, "any", current));
    assert.deepEqual(suggested(12_450), ["11000", "14000"]);
    assert.deepEqual(suggested(17), ["15", "19"]);
    assert.deepEqual(suggested(5), ["4", "6"]);
    assert.deepEqual(suggested(0), ["-1", "1"]);
    assert.deepEqual(suggested(0.52), ["0.46", "0.58"]);
    assert.deepEqual(suggested(-40), ["-44", "-36"]);
    assert.deepEqual(suggested(null), ["", ""]);
    assert.equal(suggestedValue("becomes", "driveSync", "OK"), "ERROR");
    assert.equal(suggestedValue("becomes", "branch", "main"), "main");
  });

  it("begins with an alert that does not fire at once, whatever the value is", () => {
    const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(number, (current) => {
        for (const kind of ["below", "above"] as const) {
          const value = suggestedValue(kind, "any", current);
          const { definition, problem } = checkAlert(entryOf({ ...DRAFT, kind, value }, current));
          assert.equal(problem, null);
          assert.ok(definition?.condition.kind === kind);
          const { threshold } = definition.condition;
          assert.ok(
            kind === "below" ? threshold <= current : threshold >= current,
            `${current} ${threshold}`,
          );
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("has the conditions that fit the metric", () => {
    assert.deepEqual(conditionsFor("OK"), ["becomes", "noDataFor"]);
    assert.equal(conditionsFor(5).length, 6);
    assert.equal(conditionsFor(null).length, 6);
  });
});
