import assert from "node:assert/strict";
import type { Metric } from "../../../src/protocol/snapshot.js";
import { deltaOf, detailOf, locationText, troubleOf, valueParts } from "../../../webview/model/cardText.js";
import { builtInMetrics, metric, snapshot } from "../../support/snapshots.js";

const { revenue, memos, driveSync, recommendations } = builtInMetrics();
const NOW = new Date("2025-11-08T20:05:00").getTime();

describe("what a card says", () => {
  it("writes an amount's change with its percentage", () => {
    assert.deepEqual(deltaOf("revenue", revenue, { from: 12000, to: 12450 }, "en"), {
      direction: "up",
      tone: "good",
      text: "$450 · 3.8 %",
    });
    assert.equal(deltaOf("revenue", revenue, { from: 12450, to: 12000 }, "en")?.tone, "bad");
  });

  it("writes a count's change alone, and judges no direction it does not know", () => {
    assert.equal(deltaOf("memos", memos, { from: 16, to: 17 }, "en")?.text, "1");
    assert.equal(deltaOf("openBugs", memos, { from: 16, to: 17 }, "en")?.tone, "neutral");
  });

  it("has no delta between texts, nor to a value that is gone", () => {
    assert.equal(deltaOf("driveSync", driveSync, { from: "OK", to: "WARN" }, "en"), null);
    assert.equal(deltaOf("memos", metric({ value: null }), { from: 1, to: 2 }, "en"), null);
    assert.equal(deltaOf("memos", memos, undefined, "en"), null);
  });

  it("says when the drive was last synced, how urgent the recommendations are, and what a text was", () => {
    const taken = snapshot();
    assert.equal(detailOf("driveSync", driveSync, undefined, taken, NOW, "en"), "last synced 20:00");
    assert.equal(
      detailOf("recommendations", recommendations, undefined, taken, NOW, "en"),
      "2 high · 1 medium · 2 low",
    );
    const mood = metric({ value: "fine", format: "text" });
    assert.equal(detailOf("mood", mood, { from: "tired", to: "fine" }, taken, NOW, "en"), "was tired");
    assert.equal(detailOf("memos", memos, { from: 16, to: 17 }, taken, NOW, "en"), null);
  });

  it("says how far a date is from now", () => {
    const due = metric({ value: "2025-11-11", format: "date" });
    assert.equal(detailOf("due", due, undefined, snapshot(), NOW, "en"), "in 3 days");
    const odd = metric({ value: "soon", format: "date" });
    assert.equal(detailOf("due", odd, undefined, snapshot(), NOW, "en"), null);
  });

  it("sets a unit apart from its figure, but not from a text", () => {
    const part = (part: Partial<Metric>) => valueParts(metric(part), "en");
    assert.deepEqual(part({ value: 1234.5, unit: "ms" }), { figure: "1,234.5", unit: "ms" });
    assert.deepEqual(part({ value: 12450, unit: "USD", format: "currency" }), {
      figure: "$12,450",
      unit: null,
    });
    assert.deepEqual(part({ value: "five ms", unit: "ms", format: "text" }), {
      figure: "five ms",
      unit: null,
    });
    assert.deepEqual(part({ value: null, unit: "ms" }), { figure: "–", unit: null });
  });

  it("says since when and why a value is stale, and why one is missing", () => {
    const stale = metric({ stale: true, staleSince: "2025-11-08T19:40:00" });
    const error = "line 3: unexpected end";
    assert.equal(troubleOf({ ...stale, error }, NOW, "en"), "Stale since 19:40: line 3: unexpected end");
    assert.equal(troubleOf(stale, NOW, "en"), "Stale since 19:40");
    assert.equal(troubleOf(metric({ value: null, error: "gone" }), NOW, "en"), "gone");
    assert.equal(troubleOf(metric({ value: null }), NOW, "en"), "Not available");
    assert.equal(troubleOf(metric(), NOW, "en"), null);
  });

  it("names a file by its last part", () => {
    assert.equal(locationText({ file: "data/ERIC.json", line: 7 }), "ERIC.json:7");
    assert.equal(locationText({ file: "ERIC.json", line: null }), "ERIC.json");
  });
});
