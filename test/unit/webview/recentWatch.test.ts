import assert from "node:assert/strict";
import type { HistoryQuery, HistorySeries } from "../../../src/protocol/history.js";
import { RequestRefused } from "../../../webview/connection.js";
import { NO_PANEL_MEMORY } from "../../../webview/model/panelMemory.js";
import { RecentWatch } from "../../../webview/recentWatch.js";
import { initialModel, type PanelModel, reduce } from "../../../webview/store.js";
import { metric, panelState, snapshot } from "../../support/snapshots.js";

const NOW = Date.parse("2026-01-02T00:00:00Z");
const MINUTE_MS = 60_000;

describe("the watch over the last day of the cards", () => {
  const ids = Array.from({ length: 40 }, (_, index) => `m${index}`);
  const connected = [
    { type: "panel", panel: panelState() } as const,
    { type: "link", event: { type: "connected" }, now: NOW } as const,
    {
      type: "snapshot",
      snapshot: snapshot({ metrics: Object.fromEntries(ids.map((id) => [id, metric()])) }),
    } as const,
  ].reduce(reduce, initialModel(NO_PANEL_MEMORY, true, NOW));
  let open: { query: HistoryQuery; answer(series: HistorySeries): void; refuse(error: Error): void }[];
  let asked: string[];
  let model: PanelModel;
  let watch: RecentWatch;

  beforeEach(() => {
    open = [];
    asked = [];
    model = connected;
    watch = new RecentWatch(
      (query) => {
        asked.push(query.metric);
        return new Promise((answer, refuse) => open.push({ query, answer, refuse }));
      },
      (series) => {
        model = reduce(model, { type: "recent", series });
        watch.follow(model);
      },
    );
  });

  /** Answers what is open, and what that leads to. */
  async function answerAll(): Promise<void> {
    for (let next = open.shift(); next; next = open.shift()) {
      const { metric: id, from, to } = next.query;
      next.answer({ metric: id, from, to, points: [[from, 5]] });
      await new Promise(setImmediate);
    }
  }

  it("asks anew when an import has added to the history", async () => {
    watch.want("m0");
    watch.follow(model);
    await answerAll();
    watch.follow(model);
    assert.deepEqual(asked, ["m0"]);
    model = reduce(model, { type: "panel", panel: panelState({ historyVersion: 1 }) });
    watch.follow(model);
    watch.follow(model);
    assert.deepEqual(asked, ["m0", "m0"]);
  });

  it("asks once for every card that has been seen, four at the same time", async () => {
    for (const id of ids) watch.want(id);
    watch.follow(model);
    watch.follow(model);
    assert.equal(open.length, 4);
    assert.deepEqual(open[0]?.query, { metric: "m0", from: NOW - 24 * 60 * MINUTE_MS, to: NOW, points: 50 });
    await answerAll();
    assert.deepEqual(asked, ids);
    assert.deepEqual(Object.keys(model.recent), ids);
  });

  it("asks again after ten minutes, and on another connection", async () => {
    watch.want("m1");
    watch.follow(model);
    await answerAll();
    watch.follow(reduce(model, { type: "tick", now: NOW + 9 * MINUTE_MS }));
    assert.equal(asked.length, 1);
    model = reduce(model, { type: "tick", now: NOW + 10 * MINUTE_MS });
    watch.follow(model);
    await answerAll();
    assert.equal(asked.length, 2);
    model = reduce(model, { type: "link", event: { type: "lost" }, now: model.now });
    watch.follow(model);
    assert.equal(asked.length, 2);
    watch.follow(reduce(model, { type: "link", event: { type: "connected" }, now: model.now }));
    assert.equal(asked.length, 3);
  });

  it("asks again when the clock is set back", async () => {
    watch.want("m1");
    watch.follow(model);
    await answerAll();
    watch.follow(reduce(model, { type: "tick", now: NOW - 60 * MINUTE_MS }));
    assert.equal(asked.length, 2);
  });

  it("asks for nothing while nobody sees the page, and for no metric that is gone", () => {
    watch.want("gone");
    watch.follow(model);
    watch.want("m1");
    watch.follow(reduce(model, { type: "visibility", visible: false }));
    assert.deepEqual(asked, []);
  });

  it("waits where it was too much, and then asks again", async () => {
    watch.want("m1");
    watch.follow(model);
    open.shift()?.refuse(new RequestRefused("RATE_LIMITED", "too soon"));
    await new Promise(setImmediate);
    watch.follow(reduce(model, { type: "tick", now: NOW + 1_000 }));
    assert.equal(asked.length, 1);
    watch.follow(reduce(model, { type: "tick", now: NOW + 2_000 }));
    assert.equal(asked.length, 2);
  });
});
