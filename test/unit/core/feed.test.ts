import assert from "node:assert/strict";
import { feedEntry } from "../../../src/core/feed.js";
import type { Metric } from "../../../src/protocol/snapshot.js";
import { metric, snapshot } from "../../support/snapshots.js";

const late = metric({ value: null, available: false, readAt: null, error: "It is being read." });

describe("the feed's entry", () => {
  const from = (metrics: Record<string, Metric>) => snapshot({ metrics });
  const reason = (before: Record<string, Metric>, after: Record<string, Metric>) =>
    feedEntry(from(before), from(after), "file", 1).trigger;

  it("names a changed file only where something had been read before", () => {
    const a = metric();
    assert.equal(reason({ a, b: late }, { a, b: metric() }), "firstReading");
    assert.equal(reason({ a, b: late }, { a: metric({ value: 18 }), b: metric() }), "file");
    assert.equal(reason({ a }, { a: metric({ value: 18 }) }), "file");
    assert.equal(reason({ a }, { a, b: metric() }), "firstReading");
  });

  it("tells a late value that could not be had from a file that changed", () => {
    const failed = metric({ value: null, available: false, error: "not there" });
    assert.equal(reason({ b: late }, { b: failed }), "firstReading");
    assert.equal(reason({ b: metric() }, { b: failed }), "file");
  });

  it("keeps every other reason, and tells the values all the same", () => {
    const entry = feedEntry(from({ b: late }), from({ b: metric() }), "interval", 1);
    assert.equal(entry.trigger, "interval");
    assert.deepEqual(
      entry.changes.map(({ from: before, to }) => [before, to]),
      [[null, 17]],
    );
    assert.equal(feedEntry(null, from({ b: metric() }), "file", 1).trigger, "file");
  });
});
