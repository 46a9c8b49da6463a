import assert from "node:assert/strict";
import { cardOrder, contentOf } from "../../../webview/model/content.js";
import { builtInMetrics, metric, panelState, snapshot } from "../../support/snapshots.js";

const nothing = metric({ value: null, available: false });
const none = snapshot({ metrics: { memos: nothing, revenue: nothing } });
const without = panelState({ folders: [{ uri: "file:///dashboard", name: "a", hasData: false }] });

describe("the page's content", () => {
  it("is one of four", () => {
    assert.equal(contentOf(panelState({ folders: [], activeFolder: null }), null).kind, "noFolder");
    assert.equal(contentOf(panelState(), null).kind, "loading");
    assert.equal(contentOf(without, null).kind, "empty");
    assert.equal(contentOf(without, none).kind, "empty");
    assert.equal(contentOf(panelState(), snapshot()).kind, "data");
  });

  it("believes the snapshot more than what the host last saw of the folder", () => {
    assert.equal(contentOf(without, snapshot()).kind, "data");
  });

  it("shows cards without values where files are there that cannot be read", () => {
    assert.equal(contentOf(panelState(), none).kind, "data");
  });

  it("puts the built-in cards first and leaves the others in their order", () => {
    const { memos, revenue, driveSync, recommendations } = builtInMetrics();
    const metrics = { zebra: metric(), recommendations, driveSync, apple: metric(), revenue, memos };
    assert.deepEqual(
      cardOrder(metrics).map(([id]) => id),
      ["memos", "revenue", "driveSync", "recommendations", "zebra", "apple"],
    );
  });
});
