import assert from "node:assert/strict";
import type { Trend } from "../../../webview/model/trendData.js";
import { marksOf } from "../../../webview/model/trendMarks.js";
import { alert } from "../../support/snapshots.js";

describe("what is noted on the trend's time line", () => {
  const at = (ms: number) => new Date(ms).toISOString();
  const trend: Trend = {
    from: 1_000,
    to: 2_000,
    span: null,
    series: [{ metric: "revenue", from: 1_000, to: 2_000, points: [] }],
    commits: [
      { time: 1_500, hash: "0123456789", subject: "Raise prices" },
      { time: 2_500, hash: "abcdef0123", subject: "Too late" },
    ],
  };

  it("is every alert from its begin to its end, and every commit, of what is shown", () => {
    const alerts = [
      alert({ message: "over", since: at(1_600), resolvedAt: at(1_700) }),
      alert({ message: "fires", since: at(500), resolvedAt: null }),
      alert({ message: "another metric", metric: "memos", since: at(1_600) }),
      alert({ message: "before", since: at(500), resolvedAt: at(900) }),
      alert({ message: "after", since: at(2_500) }),
    ];
    assert.deepEqual(marksOf(trend, alerts, "en"), [
      { at: 500, end: 2_000, isOver: false, kind: "alert", text: "fires" },
      { at: 1_500, end: 1_500, isOver: true, kind: "commit", text: "0123456 Raise prices" },
      { at: 1_600, end: 1_700, isOver: true, kind: "alert", text: "over" },
    ]);
  });
});
