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

  it("holds three at most: the stream's in its order, then those remembered in theirs", () => {
    fc.assert(
      fc.property(entries, entries, (current, remembered) => {
        const merged = mergeFeed(current, remembered);
        const others = remembered.filter(({ timestamp }) =>
          current.every((entry) => entry.timestamp !== timestamp),
        );
        assert.deepEqual(merged, [...current, ...others].slice(0, FEED_LENGTH));
      }),
    );
  });

  it("has the newest on top after a clock was set back", () => {
    const [now, ...ahead] = [0, 3_602, 3_601, 3_600].map(feedEntryAt);
    assert.ok(now);
    assert.deepEqual(mergeFeed([now], ahead), [now, ...ahead.slice(0, 2)]);
  });
});
