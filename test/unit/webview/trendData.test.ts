import assert from "node:assert/strict";
import type { HistoryPoint, HistorySeries } from "../../../src/protocol/history.js";
import {
  alignSeries,
  extended,
  extendedTrend,
  fitted,
  holdsWords,
  panned,
  rowAt,
  tableRows,
  zoomed,
} from "../../../webview/model/trendData.js";
import { changed, metric, snapshot } from "../../support/snapshots.js";

describe("trend data", () => {
  function series(points: readonly HistoryPoint[], metric = "revenue"): HistorySeries {
    return { metric, from: 0, to: 100, points };
  }

  it("puts metrics on one time line, where a value holds until the next change", () => {
    const a = series([
      [0, 1],
      [50, 2],
    ]);
    const b = series([[20, "OK"]], "driveSync");
    assert.deepEqual(alignSeries([a, b], 100), {
      times: [0, 20, 50, 100],
      columns: [
        [1, 1, 2, 2],
        [null, "OK", "OK", "OK"],
      ],
    });
  });

  it("lets a line reach up to where its gap begins", () => {
    const { times, columns } = alignSeries(
      [
        series([
          [0, 1],
          [40, null],
          [60, 3],
        ]),
      ],
      100,
    );
    assert.deepEqual(times, [0, 39, 40, 60, 100]);
    assert.deepEqual(columns, [[1, 1, null, 3, 3]]);
  });

  it("has nothing on a time line without points", () => {
    assert.deepEqual(alignSeries([series([])], 100), { times: [], columns: [[]] });
  });

  it("takes in a snapshot's change once, and an unconfirmed value as none", () => {
    const at = "1970-01-01T00:00:01.000Z";
    const now = { ...changed(snapshot(), "revenue", { value: 9 }), timestamp: at };
    const grown = extended(series([[0, 8]]), now);
    assert.deepEqual(grown.points.at(-1), [1_000, 9]);
    assert.equal(extended(grown, now).points.length, 2);
    const lost = { ...changed(now, "revenue", { available: false }), timestamp: "1970-01-01T00:00:02.000Z" };
    assert.deepEqual(extended(grown, lost).points.at(-1), [2_000, null]);
  });

  it("goes on from the time that a clock is set back to", () => {
    const ahead = {
      ...series([
        [0, 8],
        [1_000, 9],
        [3_600_000, 10],
      ]),
      to: 3_600_000,
    };
    const back = { ...changed(snapshot(), "revenue", { value: 11 }), timestamp: "1970-01-01T00:00:02.000Z" };
    const { to, points } = extended(ahead, back);
    assert.deepEqual(
      [to, points],
      [
        2_000,
        [
          [0, 8],
          [1_000, 9],
          [2_000, 11],
        ],
      ],
    );
    const overtaken = {
      ...ahead,
      points: [
        [0, 8],
        [3_000, 11],
      ],
    } as HistorySeries;
    assert.deepEqual(extended(overtaken, back).points, overtaken.points);
  });

  it("zooms about the middle, and pans up to now", () => {
    assert.deepEqual(zoomed({ from: 0, to: 400_000 }, 0.5), { from: 100_000, to: 300_000 });
    assert.deepEqual(zoomed({ from: 0, to: 60_000 }, 0.5), { from: 0, to: 60_000 });
    assert.deepEqual(panned({ from: 0, to: 100 }, -0.25, 100), { from: -25, to: 75 });
    assert.deepEqual(panned({ from: 0, to: 100 }, 0.25, 110), { from: 10, to: 110 });
    assert.deepEqual(panned({ from: 0, to: 100 }, 0, 90), { from: -10, to: 90 });
  });

  it("zooms out to a hundred years at most, however long the key is held", () => {
    let range = { from: 0, to: 400_000 };
    for (let presses = 0; presses < 100; presses++) range = zoomed(range, 2);
    assert.equal((range.to - range.from) / 86_400_000, 36_500);
  });

  it("has rows in its table only where something changed", () => {
    const rows = tableRows({ times: [0, 10, 20], columns: [[1, 1, null]] });
    assert.deepEqual(rows, [
      { at: 0, values: [1] },
      { at: 20, values: [null] },
    ]);
  });

  it("moves on where it is live, and stands where it is not", () => {
    const at = "2026-01-02T00:00:00.000Z";
    const now = Date.parse(at);
    const next = { ...changed(snapshot(), "revenue", { value: 9 }), timestamp: at };
    const trend = { from: 0, to: 100, span: "1h", series: [series([[0, 8]])], commits: [] } as const;
    const grown = extendedTrend(trend, next, now);
    assert.deepEqual([grown.from, grown.to], [now - 3_600_000, now]);
    assert.deepEqual(grown.series[0]?.points.at(-1), [now, 9]);
    const standing = { ...trend, span: null };
    assert.equal(extendedTrend(standing, next, now), standing);
  });

  it("leaves what has fallen out of a live range behind, but for the value that holds at its begin", () => {
    const hour = 3_600_000;
    const now = Date.parse("2026-01-02T03:00:00.000Z");
    const [from, to] = [now - 3 * hour, now - 2 * hour];
    const points: HistoryPoint[] = [
      [from, 5],
      [from + 600_000, 12],
    ];
    const trend = { from, to, span: "1h", series: [{ ...series(points), from, to }], commits: [] } as const;
    const next = { ...changed(snapshot(), "revenue", { value: 20 }), timestamp: new Date(now).toISOString() };
    const grown = extendedTrend(trend, next, now);
    assert.deepEqual(grown.series[0]?.points, [
      [now - hour, 12],
      [now, 20],
    ]);
    const ahead = extendedTrend(trend, next, now - 50);
    assert.deepEqual(ahead.series[0]?.points.at(-1), [now, 20], "the stream's clock is a little ahead");
  });

  it("finds the values that hold at a moment, and none before the first and after the last", () => {
    const times = [10, 20, 30];
    assert.deepEqual(
      [9, 10, 19.9, 20, 30.4, 31].map((at) => rowAt(times, at)),
      [-1, 0, 0, 1, 2, -1],
    );
    assert.equal(rowAt([], 5), -1);
  });

  it("begins with the hour of a history that is younger, and with the day of any other", () => {
    const to = 100 * 3_600_000;
    const from = to - 24 * 3_600_000;
    const young = {
      from,
      to,
      span: "24h",
      series: [
        series([
          [from, null],
          [to - 37_000, 5],
        ]),
      ],
      commits: [],
    } as const;
    assert.deepEqual([fitted(young).span, fitted(young).from], ["1h", to - 3_600_000]);
    const old = { ...young, series: [series([[from, 5]])] };
    assert.equal(fitted(old), old);
    assert.equal(fitted({ ...young, series: [series([])] }).span, "24h");
    assert.equal(fitted({ ...young, span: null }).span, null);
  });

  it("tells words from numbers by the range, and by the metric where the range has neither", () => {
    const words = metric({ value: "OK", format: "text" });
    assert.equal(holdsWords([null, "OK"], metric()), true);
    assert.equal(holdsWords([null, 5], words), false);
    assert.equal(holdsWords([null], words), true);
    assert.equal(holdsWords([null], metric()), false);
    assert.equal(holdsWords([], undefined), false);
  });

  it("lets a range that stands take in what happens in it, and nothing later", () => {
    const next = changed(snapshot(), "revenue", { value: 99 });
    const at = Date.parse(next.timestamp);
    const trend = { from: 0, to: at + 1, span: null, series: [series([[0, 1]])], commits: [] };
    const grown = extendedTrend(trend, next, at);
    assert.deepEqual(grown.series[0]?.points.at(-1), [at, 99]);
    assert.deepEqual([grown.from, grown.to], [trend.from, trend.to]);
    const over = { ...trend, to: at - 1 };
    assert.equal(extendedTrend(over, next, at), over);
  });
});
