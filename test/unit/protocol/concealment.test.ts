import assert from "node:assert/strict";
import * as l10n from "@vscode/l10n";
import fc from "fast-check";
import { alertText } from "../../../src/protocol/alertMessage.js";
import type { Alert, AlertCondition } from "../../../src/protocol/alerts.js";
import {
  concealedAlert,
  concealedFeed,
  concealedHealth,
  concealedMetric,
  concealedSnapshot,
  concealedSources,
  concealedText,
} from "../../../src/protocol/concealment.js";
import { CONCEALED, displayCompact, displayDelta, displayValue } from "../../../src/protocol/display.js";
import {
  ago,
  alert,
  feedEntry,
  metric,
  revenueChange,
  snapshot,
  sourceFigures,
  streamHealth,
} from "../../support/snapshots.js";

describe("what privacy mode leaves of", () => {
  it("a metric is what it is, not what it amounts to", () => {
    const revenue = { value: 12_450, previous: 12_000, format: "currency", unit: "USD" } as const;
    const shown = concealedMetric(metric({ ...revenue, prefix: "~", suffix: " net 98765", decimals: 2 }));
    assert.equal(displayValue(shown, "en"), CONCEALED);
    assert.equal(displayCompact(shown, "en"), CONCEALED);
    assert.equal(displayDelta(12_000, 12_450, shown, "en"), null);
    assert.doesNotMatch(JSON.stringify({ ...shown, readAt: "", changedAt: "" }), /12450|12000|98765/);
    assert.equal(shown.label, "Memos");
    assert.equal(concealedMetric(metric({ value: null })).value, null, "what cannot be had is no secret");
  });

  it("a snapshot is no value of any metric, whatever it is", () => {
    const value = fc.oneof(fc.integer({ min: 1_000 }), fc.stringMatching(/^[a-z]{8,}$/));
    fc.assert(
      fc.property(value, value, (now, before) => {
        const metrics = { secret: metric({ value: now, previous: before, label: "Secret" }) };
        const text = JSON.stringify(concealedSnapshot(snapshot({ metrics, insights: [] })).metrics.secret);
        const told = text.replace(/"(changedAt|readAt)":"[^"]*"/g, "");
        return !told.includes(String(now)) && !told.includes(String(before));
      }),
    );
    const { memos, revenue, driveSync, recommendations } = concealedSnapshot(snapshot());
    assert.deepEqual([memos, revenue, driveSync, recommendations], [null, null, null, null]);
  });

  it("an insight is its words", () => {
    const amounts = [
      "$2,100",
      "€ 1.234,56",
      "12 %",
      "1 234",
      "3",
      "2’000 CHF",
      "١٢٣",
      "½",
      "2½",
      "1e5",
      "2E-3",
    ];
    for (const amount of amounts) {
      assert.doesNotMatch(concealedText(`They are worth ${amount} together.`), /\p{Nd}|%|€|\$/u, amount);
    }
    assert.equal(concealedText("They are worth $2,100 a month."), "They are worth ••• a month.");
    for (const amount of ["$1.2M", "12k", "€ 3 Mio.", "4 bn", "1e5"]) {
      assert.equal(concealedText(`It is ${amount}, at last.`), "It is •••, at last.", amount);
    }
    assert.equal(concealedText("3 budgets"), "••• budgets");
    assert.equal(concealedText("Rename the folder “Misc”"), "Rename the folder “Misc”");
  });

  it("an alert is what it is about, of every kind", () => {
    const conditions: AlertCondition[] = [
      { kind: "below", threshold: 10_000, clearAbove: null },
      { kind: "above", threshold: 10_000, clearBelow: null },
      { kind: "becomes", value: 9_800 },
      { kind: "risesBy", amount: 12.5, percent: true, withinMs: null },
      { kind: "fallsBy", amount: 450, percent: false, withinMs: null },
    ];
    const said = conditions.map((condition) => {
      const parts = { ...MRR, condition };
      return alertText(concealedAlert(alert({ value: 9_800, parts })), l10n, "en");
    });
    assert.deepEqual(said, [
      "MRR is •••, below •••.",
      "MRR is •••, above •••.",
      "MRR is •••.",
      "MRR rose by ••• or more, to •••.",
      "MRR fell by ••• or more, to •••.",
    ]);
  });

  it("an alert of an earlier version is its sentence without numbers", () => {
    const old = alert({ message: "MRR is $9,800, below $10,000.", parts: null });
    assert.equal(alertText(concealedAlert(old), l10n, "en"), "MRR is •••, below •••.");
  });

  it("an error is the place and the reason, not what it quotes", () => {
    const file = "reports/2024-q3.json";
    const errorOf = (error: string) =>
      concealedMetric(metric({ value: null, error, source: { file, line: null } })).error;
    assert.equal(
      errorOf(`${file}, line 17: "Gold secret" is not a number.`),
      `${file}, line 17: ••• is not a number.`,
    );
    assert.equal(errorOf(`${file}: "He said "4711"" is no total.`), `${file}: ••• is no total.`);
    assert.equal(errorOf("other-2.json, line 3: 4711 is odd."), "other-•••.json, line •••: ••• is odd.");
    const lastError = { time: ago(3), message: `${file}, line 3: “Jane Doe” is not a number.` };
    const [shown] = concealedSources([sourceFigures({ name: file, lastError })]);
    assert.equal(shown?.lastError?.message, `${file}, line 3: ••• is not a number.`);
  });

  it("the stream's health is its own figures, and its troubles without what they quote", () => {
    const trouble = { time: "2025-11-08T17:40:38.902Z", message: "line 3: 4711 is no total" };
    const health = streamHealth({ failures: [trouble] });
    const sources = [sourceFigures({ lastError: trouble, size: 2_048 })];
    const shown = concealedHealth({ ...health, sources });
    assert.doesNotMatch(JSON.stringify(shown), /4711/);
    assert.equal(shown.sources[0]?.size, 2_048);
    assert.equal(shown.metrics.totalEmissions, health.metrics.totalEmissions);
  });

  it("the feed is what changed, and the same array for the same feed", () => {
    const feed = [feedEntry(3, { changes: [revenueChange(12_000, 12_450)] })];
    const [change] = concealedFeed(feed)[0]?.changes ?? [];
    assert.ok(change);
    assert.equal(change.label, "MRR");
    assert.deepEqual([change.from, change.to], [CONCEALED, CONCEALED]);
    assert.equal(concealedFeed(feed), concealedFeed(feed));
  });
});

const MRR: Omit<NonNullable<Alert["parts"]>, "condition"> = {
  label: "MRR",
  display: { format: "currency", unit: "USD", prefix: "~", decimals: 1 },
  error: null,
  over: false,
};
