import assert from "node:assert/strict";
import type { Metric, Snapshot } from "../../../src/protocol/snapshot.js";
import { NO_METRIC_MEMORY, remember, unseenChanges } from "../../../webview/model/metricMemory.js";
import { metric, snapshot } from "../../support/snapshots.js";

function only(id: string, part: Partial<Metric>): Snapshot {
  return snapshot({ metrics: { [id]: metric(part) } });
}

describe("what the page remembers of a metric", () => {
  it("takes the last change from the stream", () => {
    const memory = remember(NO_METRIC_MEMORY, only("memos", { previous: 16, value: 17 }), true);
    assert.deepEqual(memory.changes, { memos: { from: 16, to: 17 } });
  });

  it("keeps the change when a restarted stream has none and the value is the same", () => {
    const before = remember(NO_METRIC_MEMORY, only("memos", { previous: 16, value: 17 }), true);
    const restarted = remember(before, only("memos", { previous: null, value: 17 }), true);
    assert.deepEqual(restarted.changes, { memos: { from: 16, to: 17 } });
  });

  it("notices a change that happened while no stream ran", () => {
    const before = remember(NO_METRIC_MEMORY, only("memos", { previous: 16, value: 17 }), true);
    const restarted = remember(before, only("memos", { previous: null, value: 20 }), true);
    assert.deepEqual(restarted.changes, { memos: { from: 17, to: 20 } });
  });

  it("has no change from or to a value that is not there", () => {
    const gone = remember(NO_METRIC_MEMORY, only("memos", { previous: 17, value: null }), true);
    assert.deepEqual(gone.changes, {});
    assert.deepEqual(remember(gone, only("memos", { value: 17 }), true).changes, {});
  });

  it("tells a value that came or went from one that was never seen", () => {
    const memory = remember(NO_METRIC_MEMORY, only("memos", { value: null }), true);
    assert.deepEqual(unseenChanges(memory, only("memos", { value: 17 })), ["memos"]);
    assert.deepEqual(unseenChanges(memory, only("other", { value: 17 })), []);
  });

  it("takes a value that is yet to be read for late, not for gone", () => {
    const memory = remember(NO_METRIC_MEMORY, only("memos", { value: 17 }), true);
    const late = only("memos", { value: null, readAt: null });
    assert.deepEqual(unseenChanges(memory, late), []);
    const waiting = remember(memory, late, true);
    assert.deepEqual(unseenChanges(waiting, only("memos", { value: 17 })), []);
    assert.deepEqual(unseenChanges(waiting, only("memos", { value: 18 })), ["memos"]);
    const fresh = remember(NO_METRIC_MEMORY, late, true);
    assert.deepEqual(unseenChanges(fresh, only("memos", { value: 17 })), []);
  });

  it("does not count values as seen while the page is hidden", () => {
    const seen = remember(NO_METRIC_MEMORY, only("memos", { value: 17 }), true);
    const hidden = remember(seen, only("memos", { value: 18 }), false);
    assert.deepEqual(hidden.seen, { memos: 17 });
  });

  it("takes a metric that is called like a part of every object", () => {
    const memory = remember(NO_METRIC_MEMORY, only("constructor", { value: 1 }), false);
    assert.deepEqual(unseenChanges(memory, only("constructor", { value: 1 })), []);
    assert.deepEqual({ ...memory.changes }, {});
  });
});
