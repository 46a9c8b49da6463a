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

  it("shows the card of a declared metric that has no value yet, for it says why", () => {
    const origin = { kind: "url", url: "https://example.com/stats.json" } as const;
    const stars = { ...nothing, error: "this waits until you trust the workspace.", source: null, origin };
    assert.equal(contentOf(without, snapshot({ metrics: { memos: nothing, stars } })).kind, "data");
  });

  it("shows the cards that the snapshot names, in its order", () => {
    const { memos, revenue } = builtInMetrics();
    const metrics = { memos, revenue, zebra: metric(), apple: metric() };
    const cards = ["zebra", "revenue", "gone", "toString"];
    assert.deepEqual(
      cardOrder({ metrics, cards }).map(([id]) => id),
      ["zebra", "revenue"],
    );
  });
});
