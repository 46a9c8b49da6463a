import assert from "node:assert/strict";
import type { Insight, InsightPriority } from "../../../src/protocol/snapshot.js";
import { foldedText, foldInsights, priorityCounts, sortInsights } from "../../../webview/model/insights.js";

function list(...priorities: (InsightPriority | null)[]): Insight[] {
  return priorities.map((priority, index) => ({
    id: `r${index}`,
    title: `Title ${index}`,
    priority,
    description: null,
    source: { file: "ERIC_recommendations.json", line: index },
  }));
}

function ids(insights: readonly Insight[]): string {
  return insights.map(({ id }) => id).join(" ");
}

describe("the insight viewer's order", () => {
  it("sorts by priority and keeps the file's order inside each", () => {
    assert.equal(ids(sortInsights(list(null, "low", "high", "medium", "high", "low"))), "r2 r4 r3 r1 r5 r0");
  });

  it("folds the low ones of a list of more than five", () => {
    const sorted = sortInsights(list("high", "high", "medium", "low", "low", "low"));
    const { shown, hidden } = foldInsights(sorted, false);
    assert.equal(shown.length, 3);
    assert.equal(foldedText(hidden), "3 more of low priority");
    assert.equal(foldInsights(sorted, true).hidden.length, 0);
    assert.equal(foldInsights(sorted.slice(0, 5), false).hidden.length, 0);
  });

  it("never folds everything, nor calls an unknown priority low", () => {
    const low = foldInsights(list("low", "low", "low", "low", "low", "low"), false);
    assert.equal(low.shown.length, 5);
    assert.equal(
      foldedText(foldInsights(list("high", "low", "low", "low", "low", null), false).hidden),
      "5 more",
    );
  });

  it("folds a very long list whatever its priorities", () => {
    const { shown, hidden } = foldInsights(list(...Array<"high">(40).fill("high")), false);
    assert.equal(shown.length, 12);
    assert.equal(foldedText(hidden), "28 more");
  });

  it("counts by priority and leaves out what there is none of", () => {
    assert.equal(priorityCounts(list("low", "high", "high", null)), "2 high · 1 low · 1 without priority");
    assert.equal(priorityCounts([]), "");
  });
});
