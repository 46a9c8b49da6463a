import assert from "node:assert/strict";
import type { SqliteStore } from "../../src/core/history/sqliteStore.js";
import { HistoryFolder } from "../support/historyFolder.js";
import { ManualClock } from "../support/manualClock.js";
import { RecordedStream } from "../support/recordedStream.js";
import { waitFor } from "../support/waitFor.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const BEGIN = Date.parse("2025-01-01T00:00:00Z");
const RETENTION = 30 * DAY;

describe("history's retention", () => {
  let place: HistoryFolder;
  let store: SqliteStore;
  let running = 0;

  beforeEach(async () => {
    place = new HistoryFolder();
    store = await place.store();
    running = 0;
  });
  afterEach(async () => {
    store.close();
    await place.dispose();
  });

  /** Observes every ten minutes of some hours, with the clock right or off by some milliseconds. */
  function run(from: number, hours: number, off = 0): void {
    for (let minute = 0; minute < hours * 60; minute += 10) {
      const at = BEGIN + from * HOUR + minute * MINUTE + off;
      store.record({
        at,
        values: new Map<string, number | string>([
          ["a", minute],
          ["b", "OK"],
        ]),
      });
      running += 10 * MINUTE;
      while (store.maintain({ now: at, monotonic: running }, RETENTION));
    }
  }

  const first = (id = "a") => (store.metric(id)?.page(-8.64e15, 8.64e15, 1)[0]?.[0] ?? 0) - BEGIN;

  it("keeps single changes for two days at least, and the rest as long as it says", () => {
    run(0, 24 * 40);
    const single = store.size().rows;
    assert.ok(single >= 48 * 6 && single < 80 * 6, `${single} single changes`);
    assert.ok(first() >= 8 * DAY && first() <= 10 * DAY, `from day ${first() / DAY}`);
  });

  it("drops nothing early when the clock jumps years ahead and back, whether or not it restarts", async () => {
    run(0, 24 * 5);
    run(24 * 5, 20, 3 * 365 * DAY);
    store.close();
    store = await place.store();
    running = 0;
    run(24 * 5 + 20, 48);
    assert.equal(first(), 0);
    assert.ok(store.size().rows >= 48 * 6);
  });

  it("drops nothing when it was away for longer than the retention", () => {
    run(0, 48);
    run(24 * 60, 1);
    assert.equal(first(), 0);
  });

  it("keeps the value that held when the retention begins, though it has changed since", () => {
    for (let minute = 0; minute < 40 * 24 * 60; minute += 10) {
      const at = BEGIN + minute * MINUTE;
      const changed = minute >= 39 * 24 * 60;
      store.record({
        at,
        values: new Map<string, number | string>([
          ["a", changed ? 2 : 1],
          ["b", changed ? "ERROR" : "OK"],
        ]),
      });
      running += 10 * MINUTE;
      while (store.maintain({ now: at, monotonic: running }, RETENTION));
    }
    assert.equal(store.metric("a")?.lastUntil(BEGIN + 20 * DAY)?.[1], 1);
    assert.equal(store.metric("b")?.lastUntil(BEGIN + 20 * DAY)?.[1], "OK");
  });

  it("keeps a value that has not changed since, however long ago that was", () => {
    run(0, 24 * 40);
    const text = store.metric("b");
    assert.equal(text?.lastUntil(BEGIN + 40 * DAY)?.[1], "OK");
    assert.equal(first("b"), 0);
  });
});

describe("a retention that is changed while the stream runs", () => {
  const clock = new ManualClock();
  let stream: RecordedStream;
  before(() => {
    stream = new RecordedStream(clock);
    stream.follow();
  });
  after(() => stream.dispose());

  /** Emits every ten minutes of some days. */
  async function run(days: number): Promise<void> {
    for (let minute = 0; minute < days * 24 * 60; minute += 10) {
      clock.advance(10 * MINUTE);
      stream.emitAt(clock.now(), { a: minute });
      // The clock must not run on before the history has looked at it.
      await stream.kept.metrics();
    }
  }
  /** How long ago (days) the oldest value is. */
  const oldest = async () => {
    const range = { from: clock.now() - 2_000 * DAY, to: clock.now() };
    const { points } = await stream.kept.query({ metric: "a", ...range });
    return (clock.now() - (points[0]?.[0] ?? clock.now())) / DAY;
  };

  it("counts from the next roll-up on", async () => {
    await run(12);
    assert.ok((await oldest()) > 11.9, "all is kept for 400 days");
    stream.retentionDays = 5;
    await run(0.25);
    const days = await waitFor(async () => {
      const age = await oldest();
      // Old is what a clock confirmed over a day calls old, and it is dropped by whole days.
      return age < 8 && age;
    });
    assert.ok(days >= 5, `${days} days`);
    stream.retentionDays = 400;
    await run(3);
    assert.ok((await oldest()) > days + 2, "nothing more is dropped");
  });

  it("holds for who has none of its own, as the headless server", async () => {
    const before = await oldest();
    stream.retentionDays = before + 500;
    await run(0.25);
    stream.retentionDays = null;
    clock.advance(450 * DAY);
    await run(3);
    assert.ok((await oldest()) > before + 450, "more than by default");
    stream.retentionDays = 5;
    await run(0.25);
    stream.retentionDays = null;
    await waitFor(async () => {
      await run(0.25);
      return (await oldest()) < 8;
    });
  });
});
