import assert from "node:assert/strict";
import fc from "fast-check";
import { FEED_LENGTH } from "../../../src/protocol/status.js";
import { mergeFeed } from "../../../webview/model/feed.js";
import { feedEntry } from "../../support/snapshots.js";

const entries = fc.array(fc.integer({ min: 0, max: 50 }).map((seconds) => feedEntryAt(seconds)));

function feedEntryAt(seconds: number) {
  return feedEntry(0, { timestamp: new Date(1_762_623_638_000 + seconds * 1000).toISOString() });
}

describe("the feed", () => {
  it("prefers the stream's account of an emission", () => {
    const remembered = feedEntryAt(1);
    const current = { ...remembered, trigger: "refresh" as const };
    assert.deepEqual(mergeFeed([current], [remembered]), [current]);
  });

  it("holds the newest three, newest first, whatever it is merged of", () => {
    fc.assert(
      fc.property(entries, entries, (current, remembered) => {
        const merged = mergeFeed(current, remembered);
        const times = merged.map(({ timestamp }) => timestamp);
        assert.deepEqual(times, [...times].sort().reverse());
        assert.ok(merged.length <= FEED_LENGTH);
        const newest = [...current, ...remembered].map(({ timestamp }) => timestamp).sort();
        assert.equal(times[0], newest.at(-1));
      }),
    );
  });
});
