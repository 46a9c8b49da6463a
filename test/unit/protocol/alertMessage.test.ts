import assert from "node:assert/strict";
import * as l10n from "@vscode/l10n";
import { alertMessage, alertText, type Translator } from "../../../src/protocol/alertMessage.js";
import { type AlertCondition, type AlertParts, FAILED_EMISSIONS } from "../../../src/protocol/alerts.js";
import type { MetricValue } from "../../../src/protocol/snapshot.js";
import { alert } from "../../support/snapshots.js";

const HOUR = 3_600_000;
const MRR: AlertParts = {
  condition: { kind: "below", threshold: 10_000, clearAbove: null },
  label: "MRR",
  display: { format: "currency", unit: "USD" },
  error: null,
  over: false,
};

/** Every text backwards: what is not put through the translator stays as it was. */
const BACKWARDS: Translator = {
  t: (message, ...values) => {
    const words = message.split(" ").reverse().join(" ");
    return words.replace(/\{(\d)\}/g, (_, index) => String(values[index]));
  },
};

describe("what an alert says", () => {
  const says = (condition: AlertCondition, value: MetricValue, changes: Partial<AlertParts> = {}) =>
    alertMessage({ metric: "revenue", value, parts: { ...MRR, condition, ...changes } }, l10n, "en");

  it("names the value and what it is compared with", () => {
    assert.equal(says(MRR.condition, 9_800), "MRR is $9,800, below $10,000.");
    assert.equal(says({ kind: "above", threshold: 5, clearBelow: null }, 7.5), "MRR is $7.50, above $5.");
    const text = { format: "text", unit: null } as const;
    assert.equal(
      says({ kind: "becomes", value: "ERROR" }, "ERROR", { label: "Sync", display: text }),
      "Sync is ERROR.",
    );
  });

  it("tells a value from its limit where both are rounded to the same", () => {
    const above = (threshold: number) => ({ kind: "above", threshold, clearBelow: null }) as const;
    const of = (display: AlertParts["display"]) => ({ label: "It", display });
    const whole = of({ format: "number", unit: null, decimals: 0 });
    assert.equal(says(above(1), 1.2, whole), "It is 1.2, above 1.");
    assert.equal(says(above(5), 5.001, of({ format: "percent", unit: null })), "It is 5.001 %, above 5 %.");
    const yen = of({ format: "currency", unit: "JPY" });
    assert.equal(says(above(100), 100.4, yen), "It is ¥100.4, above ¥100.");
    const time = of({ format: "duration", unit: null });
    assert.equal(says(above(60), 60.4, time), "It is 60.4 s, above 60 s.");
    const rise = { kind: "risesBy", amount: 0.1, percent: false, withinMs: null } as const;
    assert.equal(says(rise, 1.2, whole), "It rose by 0.1 or more, to 1.");
  });

  it("names how far and in which time it changed", () => {
    const rise = { kind: "risesBy", amount: 50, percent: false, withinMs: HOUR } as const;
    assert.equal(says(rise, 100), "MRR rose by $50 or more within 1 h, to $100.");
    assert.equal(says({ ...rise, withinMs: null }, 100), "MRR rose by $50 or more, to $100.");
    const fall = { kind: "fallsBy", amount: 12.5, percent: true, withinMs: HOUR } as const;
    assert.equal(says(fall, 100), "MRR fell by 12.5 % or more within 1 h, to $100.");
    assert.equal(says({ ...fall, withinMs: null }, 100), "MRR fell by 12.5 % or more, to $100.");
  });

  it("tells of data that is missing, and why, and that it is there again", () => {
    const silence = { kind: "noDataFor", ms: 2 * HOUR } as const;
    assert.equal(says(silence, null), "MRR has had no data for 2 h.");
    const error = "revenue.json, line 3: a comma is missing.";
    assert.equal(says(silence, null, { error }), `MRR has had no data for 2 h: ${error}`);
    assert.equal(says(silence, 5, { over: true }), "MRR has data again: $5.");
    assert.equal(says(MRR.condition, 10_600, { over: true }), "MRR is $10,600 now.");
  });

  it("is put together in another language from the same parts", () => {
    const low = alert({ parts: MRR });
    assert.equal(alertText(low, l10n, "en"), low.message);
    assert.equal(alertText(low, BACKWARDS, "de"), "10.000\u00a0$. below 9.800\u00a0$, is MRR");
    const failed = { condition: { kind: "above", threshold: 5, clearBelow: null } } as const;
    const share = { ...MRR, ...failed, display: { format: "percent", unit: null } } as const;
    const emissions = alert({ metric: FAILED_EMISSIONS, value: 7, parts: share });
    assert.equal(alertText(emissions, BACKWARDS, "en"), "5 %. above 7 %, is updates failed of share The");
  });

  it("stays as it was said first where nothing but that was kept", () => {
    assert.equal(alertText(alert({ parts: null }), BACKWARDS, "de"), alert().message);
  });
});
