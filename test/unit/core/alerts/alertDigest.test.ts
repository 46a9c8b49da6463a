import assert from "node:assert/strict";
import { AlertDigest, BURST_MS, PATIENCE_MS, REPEAT_MS } from "../../../../src/core/alerts/alertDigest.js";
import { ManualClock } from "../../../support/manualClock.js";
import { alert } from "../../../support/memoryAlerts.js";

describe("A digest of alerts", () => {
  let clock: ManualClock;
  let shown: string[][];
  let resolved: Set<string>;
  let close: () => void;
  let digest: AlertDigest;

  beforeEach(() => {
    clock = new ManualClock();
    shown = [];
    resolved = new Set();
    digest = new AlertDigest({
      clock,
      pending: (alerts) => alerts.filter(({ id }) => !resolved.has(id)),
      show: (alerts) => {
        shown.push(alerts.map(({ id }) => id));
        return new Promise((done) => {
          close = done;
        });
      },
    });
  });

  const add = (...ids: string[]) => {
    for (const id of ids) digest.add(alert({ id }));
  };
  /** Closes what is shown; who waited for it goes on in a later turn. */
  const closeShown = async () => {
    close();
    await new Promise(setImmediate);
  };

  it("shows a burst as one", () => {
    add("a", "b");
    clock.advance(BURST_MS / 2);
    add("c", "d", "e");
    assert.deepEqual(shown, []);
    clock.advance(BURST_MS / 2);
    assert.deepEqual(shown, [["a", "b", "c", "d", "e"]]);
  });

  it("gathers what comes while one is in view, for a minute at most", () => {
    add("a");
    clock.advance(BURST_MS);
    add("b");
    clock.advance(PATIENCE_MS / 2);
    add("c");
    assert.equal(shown.length, 1);
    clock.advance(PATIENCE_MS / 2);
    assert.deepEqual(shown, [["a"], ["b", "c"]]);
  });

  it("shows the next as soon as the one before is closed, and its burst is over", async () => {
    add("a");
    clock.advance(BURST_MS);
    add("b");
    await closeShown();
    assert.equal(shown.length, 1);
    clock.advance(BURST_MS);
    assert.deepEqual(shown, [["a"], ["b"]]);
  });

  it("shows the same at once where it is another folder's, and none of the folder before", () => {
    add("a");
    clock.advance(BURST_MS);
    add("b");
    digest.forget();
    add("a");
    clock.advance(PATIENCE_MS);
    assert.deepEqual(shown, [["a"], ["a"]]);
  });

  it("does not take the end of an older one for the end of the one in view", async () => {
    add("a");
    clock.advance(BURST_MS);
    const closeFirst = close;
    clock.advance(PATIENCE_MS);
    add("b");
    clock.advance(BURST_MS);
    closeFirst();
    await new Promise(setImmediate);
    add("c");
    clock.advance(BURST_MS);
    assert.deepEqual(shown, [["a"], ["b"]]);
  });

  it("does not show an alert again within ten minutes", async () => {
    add("a");
    clock.advance(BURST_MS);
    await closeShown();
    clock.advance(REPEAT_MS - 1);
    add("a");
    clock.advance(BURST_MS);
    assert.equal(shown.length, 1);
    add("a");
    clock.advance(BURST_MS);
    assert.deepEqual(shown, [["a"], ["a"]]);
  });

  it("leaves out what is over by then, and shows nothing where all is", () => {
    add("a", "b");
    resolved.add("a");
    clock.advance(BURST_MS);
    assert.deepEqual(shown, [["b"]]);
    clock.advance(PATIENCE_MS);
    add("c");
    resolved.add("c");
    clock.advance(BURST_MS);
    assert.equal(shown.length, 1);
  });

  it("shows nothing any more when disposed", () => {
    add("a");
    digest.dispose();
    clock.advance(PATIENCE_MS);
    assert.deepEqual(shown, []);
  });
});
