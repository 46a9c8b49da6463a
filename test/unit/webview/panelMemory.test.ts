import assert from "node:assert/strict";
import fc from "fast-check";
import { NO_PANEL_MEMORY, type PanelMemory, parsePanelMemory } from "../../../webview/model/panelMemory.js";
import { initialModel, reduce } from "../../../webview/store.js";
import { panelState, snapshot, status } from "../../support/snapshots.js";

function lived(): PanelMemory {
  let model = initialModel(NO_PANEL_MEMORY, true, Date.now());
  model = reduce(model, { type: "panel", panel: panelState() });
  model = reduce(model, { type: "snapshot", snapshot: snapshot() });
  model = reduce(model, { type: "status", status: status() });
  model = reduce(model, { type: "insightToggled", id: "r1" });
  model = reduce(model, { type: "healthToggled", open: true });
  return reduce(model, { type: "scrolled", scroll: 120 }).memory;
}

describe("the state that outlives a reload", () => {
  it("comes back as it went", () => {
    const memory = lived();
    assert.deepEqual(parsePanelMemory(JSON.parse(JSON.stringify(memory))), memory);
  });

  it("is ignored where it is of another version or none at all", () => {
    for (const state of [undefined, null, 7, "x", [], {}, { ...lived(), version: 2 }]) {
      assert.deepEqual(parsePanelMemory(state), NO_PANEL_MEMORY);
    }
  });

  it("loses only the parts that are damaged", () => {
    const memory = parsePanelMemory({
      version: 1,
      scroll: "far",
      folders: {
        good: {
          seen: { memos: 17, bad: {} },
          feed: [{ timestamp: "yesterday" }],
          expanded: ["r1", 2],
          trend: { metrics: ["memos", 1, "a", "b", "c", "d"], range: { from: 5, to: 1 }, asTable: true },
        },
        bad: "text",
      },
    });
    assert.deepEqual(memory, {
      version: 1,
      scroll: 0,
      healthOpen: false,
      folders: {
        good: {
          seen: { memos: 17 },
          changes: {},
          feed: [],
          expanded: ["r1"],
          trend: { metrics: ["memos", "a", "b", "c"], range: null, asTable: true },
        },
      },
    });
  });

  it("never fails, whatever is there", () => {
    const field = fc.dictionary(fc.string(), fc.anything());
    const folder = fc.record(
      {
        seen: field,
        changes: field,
        feed: fc.array(fc.anything()),
        expanded: fc.anything(),
        trend: fc.oneof(fc.anything(), fc.record({ metrics: fc.array(fc.anything()), range: fc.anything() })),
      },
      { requiredKeys: [] },
    );
    const state = fc.record({
      version: fc.constant(1),
      folders: fc.dictionary(fc.string(), folder),
      scroll: fc.anything(),
    });
    fc.assert(fc.property(fc.oneof(fc.anything(), state), (any) => parsePanelMemory(any).version === 1));
  });
});
