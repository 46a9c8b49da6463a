import assert from "node:assert/strict";
import { NO_PANEL_MEMORY } from "../../../webview/model/panelMemory.js";
import {
  activeMemory,
  initialModel,
  type PanelEvent,
  type PanelModel,
  reduce,
} from "../../../webview/store.js";
import { changed, feedEntry, panelState, snapshot, status } from "../../support/snapshots.js";

const NOW = Date.now();

function reached(events: readonly PanelEvent[], from = initialModel(NO_PANEL_MEMORY, true, NOW)): PanelModel {
  return events.reduce(reduce, from);
}

describe("the page's store", () => {
  const first = snapshot();
  const second = changed(first, "revenue", { value: 12900 });
  const live = reached([
    { type: "panel", panel: panelState() },
    { type: "link", event: { type: "connected" }, now: NOW },
    { type: "snapshot", snapshot: first },
  ]);

  it("pulses nothing for what is seen for the first time", () => {
    assert.deepEqual(live.pulses, {});
  });

  it("pulses exactly the card whose value changed, and again at the next change", () => {
    const once = reduce(live, { type: "snapshot", snapshot: second });
    assert.deepEqual(once.pulses, { revenue: 1 });
    const same = reduce(once, { type: "snapshot", snapshot: { ...second, sequence: 44 } });
    assert.equal(same.pulses.revenue, 1);
    const twice = reduce(same, { type: "snapshot", snapshot: changed(second, "revenue", { value: 1 }) });
    assert.equal(twice.pulses.revenue, 2);
  });

  it("pulses nothing without a card, nor a card that comes back", () => {
    const { cards } = second;
    const others = cards.filter((id) => id !== "revenue");
    const without = reduce(live, { type: "snapshot", snapshot: { ...second, cards: others } });
    assert.deepEqual(without.pulses, {});
    assert.deepEqual(reduce(without, { type: "snapshot", snapshot: second }).pulses, {});
    const pulsed = reduce(live, { type: "snapshot", snapshot: second });
    const gone = reduce(pulsed, { type: "snapshot", snapshot: { ...second, cards: others } });
    assert.deepEqual(reduce(gone, { type: "snapshot", snapshot: second }).pulses, {});
  });

  it("remembers the trend of a folder, and begins anew when it was closed", () => {
    const shown = reached(
      [
        { type: "trendChosen", metrics: ["memos"] },
        { type: "trendViewed", view: { range: "7d", asTable: true } },
        { type: "trendChosen", metrics: ["memos", "revenue"] },
      ],
      live,
    );
    assert.deepEqual(activeMemory(shown).trend, {
      metrics: ["memos", "revenue"],
      range: "7d",
      asTable: true,
    });
    const closed = reduce(shown, { type: "trendChosen", metrics: [] });
    const again = reduce(closed, { type: "trendChosen", metrics: ["memos"] });
    assert.deepEqual(activeMemory(again).trend, { metrics: ["memos"], range: null, asTable: false });
  });

  it("keeps a pulse for later while nobody can see it", () => {
    const hidden = reached(
      [
        { type: "visibility", visible: false },
        { type: "snapshot", snapshot: second },
      ],
      live,
    );
    assert.deepEqual(hidden.pulses, {});
    assert.deepEqual(reduce(hidden, { type: "visibility", visible: true }).pulses, { revenue: 1 });
  });

  it("pulses after a reload what changed meanwhile", () => {
    const reloaded = initialModel(live.memory, true, NOW);
    const shown = reached(
      [
        { type: "panel", panel: panelState() },
        { type: "snapshot", snapshot: second },
      ],
      reloaded,
    );
    assert.deepEqual(shown.pulses, { revenue: 1 });
  });

  it("shows nothing of one folder as another's, and finds the first one's memory again", () => {
    const folders = [
      { uri: "file:///dashboard", name: "a", hasData: true },
      { uri: "file:///b", name: "b", hasData: true },
    ];
    const withFeed = reduce(live, { type: "status", status: status() });
    const other = reached(
      [{ type: "panel", panel: panelState({ folders, activeFolder: "file:///b" }) }],
      withFeed,
    );
    assert.equal(other.snapshot, null);
    assert.equal(other.status, null);
    assert.equal(other.link.state, "connecting");
    assert.deepEqual(activeMemory(other).feed, []);
    const back = reduce(other, { type: "panel", panel: panelState({ folders }) });
    assert.equal(activeMemory(back).feed.length, 3);
  });

  it("keeps the stream's data when the host's state changes within a folder", () => {
    const untrusted = reduce(live, { type: "panel", panel: panelState({ workspaceTrusted: false }) });
    assert.equal(untrusted.snapshot, first);
    assert.equal(untrusted.link.state, "connected");
  });

  it("forgets folders that left the workspace", () => {
    const other = panelState({
      folders: [{ uri: "file:///b", name: "b", hasData: true }],
      activeFolder: "file:///b",
    });
    assert.deepEqual(Object.keys(reduce(live, { type: "panel", panel: other }).memory.folders), []);
  });

  it("fills the feed of a restarted stream from memory", () => {
    const before = reduce(live, { type: "status", status: status() });
    const restarted = reduce(before, {
      type: "status",
      status: status({ feed: [feedEntry(0, { sequence: 1, trigger: "start" })] }),
    });
    assert.deepEqual(
      activeMemory(restarted).feed.map(({ trigger }) => trigger),
      ["start", "file", "interval"],
    );
  });

  it("opens and closes an insight", () => {
    const open = reduce(live, { type: "insightToggled", id: "r1" });
    assert.deepEqual(activeMemory(open).expanded, ["r1"]);
    assert.deepEqual(activeMemory(reduce(open, { type: "insightToggled", id: "r1" })).expanded, []);
  });

  it("shows why a request failed for a while, and not longer", () => {
    const asked = reduce(live, { type: "refreshRequested" });
    assert.equal(asked.refreshing, true);
    const failed = reduce(asked, { type: "refreshSettled", notice: "Refresh failed." });
    assert.equal(failed.refreshing, false);
    assert.equal(failed.notice?.text, "Refresh failed.");
    assert.ok(reduce(failed, { type: "tick", now: NOW + 9_000 }).notice);
    assert.equal(reduce(failed, { type: "tick", now: NOW + 11_000 }).notice, null);
    assert.equal(reduce(failed, { type: "refreshRequested" }).notice, null);
  });

  it("goes back to the stream's interval where the chosen one was refused", () => {
    const asked = reduce(live, { type: "intervalRequested", minutes: 3 });
    assert.equal(asked.requestedInterval, 3);
    const refused = reduce(asked, { type: "intervalSettled", notice: "No." });
    assert.equal(refused.requestedInterval, null);
    assert.equal(refused.notice?.text, "No.");
  });
});
