import assert from "node:assert/strict";
import {
  connecting,
  connectionState,
  hasNoPulse,
  type LinkEvent,
  nextLink,
} from "../../../webview/model/link.js";
import { snapshot } from "../../support/snapshots.js";

const NOW = 1_762_623_638_000;
const MINUTE = 60_000;

function reached(...events: LinkEvent[]) {
  return events.reduce((link, event) => nextLink(link, event, NOW), connecting(NOW));
}

const failed: LinkEvent = { type: "failed", reason: "no", refused: false };
const refused: LinkEvent = { type: "failed", reason: "no", refused: true };

describe("the connection's states", () => {
  it("tells a connection that cannot be made from one that was lost", () => {
    assert.equal(reached().state, "connecting");
    assert.equal(reached(failed).state, "error");
    assert.equal(reached({ type: "connected" }).state, "connected");
    assert.equal(reached({ type: "connected" }, { type: "lost" }).state, "disconnected");
    assert.equal(reached({ type: "connected" }, { type: "lost" }, failed).state, "disconnected");
    assert.equal(reached({ type: "connected" }, { type: "lost" }, refused).state, "error");
    assert.equal(reached(failed, { type: "connected" }).state, "connected");
  });

  it("keeps the time since when attempts fail", () => {
    const first = nextLink(connecting(NOW), failed, NOW);
    assert.equal(nextLink(first, failed, NOW + MINUTE).since, NOW);
  });

  it("is stale only while connected, and only past the limit with its grace", () => {
    const taken = snapshot({ timestamp: new Date(NOW).toISOString() });
    const connected = reached({ type: "connected" });
    assert.equal(connectionState(connected, taken, 10, NOW + 10 * MINUTE), "connected");
    assert.equal(connectionState(connected, taken, 10, NOW + 10 * MINUTE + 2_001), "stale");
    const lost = reached({ type: "connected" }, { type: "lost" });
    assert.equal(connectionState(lost, taken, 10, NOW + 11 * MINUTE), "disconnected");
    assert.equal(hasNoPulse(lost, taken, 10, NOW + 11 * MINUTE), true);
  });

  it("is stale, too, where it is connected and nothing ever came", () => {
    const connected = reached({ type: "connected" });
    assert.equal(connectionState(connected, null, 10, NOW + MINUTE), "connected");
    assert.equal(connectionState(connected, null, 10, NOW + 11 * MINUTE), "stale");
  });
});
