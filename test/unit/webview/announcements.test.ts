import assert from "node:assert/strict";
import { mock } from "node:test";
import { Announcements } from "../../../webview/model/announcements.js";

describe("announcements to screen readers", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }));
  afterEach(() => mock.timers.reset());

  it("says the first at once and gathers what comes soon after", () => {
    const spoken: string[] = [];
    const announcements = new Announcements((text) => spoken.push(text));
    announcements.add("revenue", "MRR: $12,450");
    mock.timers.tick(0);
    assert.deepEqual(spoken, ["MRR: $12,450"]);
    announcements.add("revenue", "MRR: $1");
    announcements.add("memos", "Memos: 18");
    announcements.add("revenue", "MRR: $2");
    mock.timers.tick(3_999);
    assert.equal(spoken.length, 1);
    mock.timers.tick(1);
    assert.deepEqual(spoken.slice(1), ["MRR: $2. Memos: 18"]);
  });

  it("goes on within the same few seconds when the clock is set back", () => {
    const spoken: string[] = [];
    let now = 3_600_000;
    const announcements = new Announcements(
      (text) => spoken.push(text),
      () => now,
    );
    announcements.add("memos", "Memos: 18");
    mock.timers.tick(0);
    now = 0;
    announcements.add("memos", "Memos: 19");
    mock.timers.tick(4_000);
    assert.deepEqual(spoken, ["Memos: 18", "Memos: 19"]);
  });

  it("says once more what it has just said, in a text of its own", () => {
    const spoken: string[] = [];
    const announcements = new Announcements((text) => spoken.push(text));
    for (let times = 0; times < 3; times++) {
      announcements.add("memos", "Memos changed");
      mock.timers.tick(4_000);
    }
    assert.deepEqual(spoken, ["Memos changed", "Memos changed\u00a0", "Memos changed"]);
  });

  it("leaves unsaid what has been dropped", () => {
    const spoken: string[] = [];
    const announcements = new Announcements((text) => spoken.push(text));
    announcements.add("connection", "Connection: Live");
    announcements.drop("connection");
    mock.timers.tick(0);
    announcements.add("memos", "Memos: 18");
    mock.timers.tick(0);
    assert.deepEqual(spoken, ["Memos: 18"]);
  });

  it("says nothing once stopped", () => {
    const spoken: string[] = [];
    const announcements = new Announcements((text) => spoken.push(text));
    announcements.add("memos", "Memos: 18");
    announcements.stop();
    mock.timers.tick(10_000);
    assert.deepEqual(spoken, []);
  });
});
