import assert from "node:assert/strict";
import fc from "fast-check";
import type { HistoryPoint } from "../../../src/protocol/history.js";
import { dayChangeOf, recentLook } from "../../../webview/model/cardText.js";
import { areaUnder, dayUntil, endsOf, lastDay, sparklinePath } from "../../../webview/model/sparkline.js";
import { metric } from "../../support/snapshots.js";

const SIZE = { width: 100, height: 20, margin: 0 };
const RANGE = { from: 0, to: 100 };
const HOUR_MS = 3_600_000;

describe("a sparkline", () => {
  const path = (...points: readonly HistoryPoint[]) => sparklinePath(points, RANGE, SIZE);

  it("steps from value to value and holds the last one until now", () => {
    assert.equal(path([0, 10], [50, 20], [80, 15]), "M0 20H50V0H80V10H100");
  });

  it("has a gap where nothing is known", () => {
    assert.equal(path([0, 10], [40, null], [60, 20]), "M0 20H40M60 0H100");
  });

  it("runs through the middle where nothing changes, and begins where its one point is", () => {
    assert.equal(path([0, 7], [50, 7]), "M0 10H50V10H100");
    assert.equal(path([30, 7]), "M30 10H100");
  });

  it("stands on its foot, each part for itself", () => {
    assert.equal(areaUnder("M0 20H40V5H50M60 0H100", SIZE), "M0 20H40V5H50V20H0ZM60 0H100V20H60Z");
    assert.equal(areaUnder("", SIZE), "");
  });

  it("is none without numbers", () => {
    assert.equal(path(), "");
    assert.equal(path([0, null]), "");
    assert.equal(path([0, "OK"]), "");
  });

  it("is none where too little is known to be more than a speck", () => {
    assert.equal(path([100, 7]), "");
    assert.equal(path([99, 7]), "");
    assert.equal(path([20, 7], [20.5, null], [99.5, 8]), "");
    assert.equal(path([98, 7]), "M98 10H100");
  });

  it("begins with the value that held already", () => {
    assert.equal(path([-50, 10], [-20, 20], [50, 10]), "M0 0H50V20H100");
    assert.equal(path([-50, 10], [-20, null], [50, 10]), "M50 10H100");
  });

  it("stays within its drawing whatever the numbers", () => {
    const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(numbers, (values) => {
        const points = values.map((value, index): HistoryPoint => [index * 5, value]);
        for (const [, y] of sparklinePath(points, RANGE, SIZE).matchAll(/(?:V|M[\d.]+ )([^HVM]+)/g)) {
          assert.ok(Number(y) >= 0 && Number(y) <= SIZE.height, `${y} of ${values}`);
        }
      }),
    );
  });

  it("is cut to its last 24 hours, and thinned out without losing an extreme or a gap", () => {
    const from = 1_000 * HOUR_MS;
    const points = Array.from({ length: 5_000 }, (_, index): HistoryPoint => {
      return [from + index * 30_000, index === 3_333 ? 9_999 : index === 3_334 ? null : index % 7];
    });
    const to = from + 5_000 * 30_000;
    const day = lastDay({ metric: "memos", from, to, points });
    assert.deepEqual([day.from, day.to], [to - 24 * HOUR_MS, to]);
    assert.ok(day.points.length < 500, String(day.points.length));
    assert.equal(day.points[0]?.[0], day.from);
    assert.deepEqual(day.points.at(-1), points.at(-1));
    assert.ok(day.points.some(([, value]) => value === 9_999));
    assert.ok(day.points.some(([, value]) => value === null));
    assert.ok(day.points.every(([at], index) => at > (day.points[index - 1]?.[0] ?? 0)));
  });
});

describe("the change over 24 hours", () => {
  const to = 2_000 * HOUR_MS;
  const range = dayUntil(to);
  const memos = metric();
  const change = (points: readonly HistoryPoint[], shown = memos) =>
    dayChangeOf("memos", shown, { metric: "memos", ...range, points }, "en");

  it("is of both ends", () => {
    assert.deepEqual(
      endsOf(
        [
          [range.from - 5, 10],
          [to - 5, 12],
        ],
        range,
      ),
      { first: 10, last: 12 },
    );
    assert.deepEqual(
      change([
        [range.from, 1_000],
        [to - 5, 1_032],
      ]),
      {
        direction: "up",
        tone: "good",
        text: "3.2 % in 24 h",
      },
    );
    assert.equal(
      change([
        [range.from, 100],
        [to - 5, 90],
      ])?.direction,
      "down",
    );
  });

  it("is not known without a value at either end", () => {
    assert.equal(change([]), null);
    assert.equal(
      change([
        [range.from + 1, 10],
        [to - 5, 12],
      ]),
      null,
    );
    assert.equal(
      change([
        [range.from, 10],
        [to - 5, null],
      ]),
      null,
    );
    assert.equal(
      change([
        [range.from - 5, null],
        [to - 5, 12],
      ]),
      null,
    );
  });

  it("survives a gap between them", () => {
    assert.equal(
      change([
        [range.from, 10],
        [to - 50, null],
        [to - 5, 12],
      ])?.text,
      "20 % in 24 h",
    );
  });

  it("is the difference where there is no base, or where percentages change", () => {
    assert.equal(
      change([
        [range.from, 0],
        [to - 5, 12],
      ])?.text,
      "12 in 24 h",
    );
    const share = metric({ format: "percent" });
    assert.equal(
      change(
        [
          [range.from, 10],
          [to - 5, 12],
        ],
        share,
      )?.text,
      "2 % in 24 h",
    );
  });

  it("is said where there is none", () => {
    assert.deepEqual(change([[range.from, 5]]), {
      direction: "same",
      tone: "neutral",
      text: "No change in 24 h",
    });
  });

  it("is no rest where the value went away and came back", () => {
    const there = [range.from, 5] as const;
    const text = (...points: readonly HistoryPoint[]) => change([there, ...points])?.text;
    assert.equal(text([range.from + 1, 9], [to - 5, 5]), "Same as 24 h ago");
    assert.equal(text([range.from + 1, null], [to - 5, 5]), "Same as 24 h ago");
    assert.equal(
      change([
        [range.from - 9, 4],
        [range.from, 5],
      ])?.text,
      "No change in 24 h",
    );
  });

  it("names the word that there was", () => {
    const sync = metric({ value: "OK", format: "text" });
    const text = (...points: readonly HistoryPoint[]) => change(points, sync)?.text;
    assert.equal(text([range.from, "ERROR"], [to - 5, "OK"]), "ERROR 24 h ago");
    assert.equal(text([range.from, "OK"], [to - 9, "ERROR"], [to - 5, "OK"]), "Same as 24 h ago");
    assert.equal(text([range.from, "OK"]), "Same as 24 h ago");
    assert.equal(text([range.from, 5], [to - 5, "OK"]), "5 24 h ago");
    assert.equal(text([range.from + 1, "OK"]), undefined);
  });

  it("is a line for numbers, a strip for words, and not for dates or what is hidden", () => {
    assert.equal(recentLook(memos), "line");
    assert.equal(recentLook(metric({ value: null })), "line");
    assert.equal(recentLook(metric({ value: "OK", format: "text" })), "strip");
    assert.equal(recentLook(metric({ value: null, format: "text" })), "strip");
    assert.equal(recentLook(metric({ value: 1.7e12, format: "date" })), null);
    assert.equal(recentLook(metric({ value: "•••", format: "text", concealed: true })), null);
  });
});
