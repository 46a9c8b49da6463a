import assert from "node:assert/strict";
import type { History } from "../../src/core/history/history.js";
import { HistoryFolder, observed } from "../support/historyFolder.js";
import { metric } from "../support/snapshots.js";

const MINUTE = 60_000;
const BEGIN = Date.parse("2025-11-08T17:00:00Z");

describe("history", () => {
  let place: HistoryFolder;
  let history: History;

  beforeEach(() => {
    place = new HistoryFolder();
    history = place.history();
  });
  afterEach(() => place.dispose());

  const points = async (id: string, from = 0, to = 600) =>
    (await history.query({ metric: id, from: BEGIN + from * MINUTE, to: BEGIN + to * MINUTE })).points.map(
      ([at, value]) => [(at - BEGIN) / MINUTE, value],
    );
  const record = (minute: number, values: Parameters<typeof observed>[1]) =>
    history.record(observed(BEGIN + minute * MINUTE, values));

  it("keeps every change, and only changes", async () => {
    await record(0, { a: 1, b: "OK" });
    await record(5, { a: 1, b: "OK" });
    await record(10, { a: 2, b: "ERROR" });
    assert.deepEqual(await points("a", 0, 12), [
      [0, 1],
      [10, 2],
    ]);
    assert.deepEqual(await points("b", 0, 12), [
      [0, "OK"],
      [10, "ERROR"],
    ]);
    assert.deepEqual(await points("unknown"), []);
    assert.equal((await history.stats()).rows, 4);
  });

  it("begins a range with the value that holds there", async () => {
    await record(0, { a: 1 });
    await record(5, { a: 2 });
    await record(9, { a: 2 });
    assert.deepEqual(await points("a", 7, 9), [[7, 2]]);
  });

  it("keeps any id and any value", async () => {
    const long = "x".repeat(10_000);
    const values = JSON.parse(
      '{"__proto__": 1e308, "constructor": -1e308, "toString": 5e-324, "": 3, "nul\\u0000": 4}',
    );
    values[long] = 2 ** 53;
    values.zero = -0;
    values.text = "a\0b 😀 \ud800 ‮ '; DROP TABLE metric; --";
    await record(0, values);
    await history.dispose();
    history = place.history();
    for (const [id, value] of Object.entries(values)) {
      const kept = (await points(id, 0, 1))[0];
      assert.ok(kept && (kept[1] === value || value === 0), `${id.slice(0, 20)}: ${String(kept)}`);
    }
  });

  it("tells a value that was not available from one that did not change", async () => {
    await record(0, { a: 1 });
    const stale = { ...metric({ value: 1 }), available: false, stale: true };
    await history.record({ timestamp: new Date(BEGIN + 5 * MINUTE).toISOString(), metrics: { a: stale } });
    await record(10, { a: 1 });
    await record(15, {});
    assert.deepEqual(await points("a", 0, 16), [
      [0, 1],
      [5, null],
      [10, 1],
      [15, null],
    ]);
  });

  it("shows the time in which nobody observed as a gap", async () => {
    await record(0, { a: 1 });
    await record(10, { a: 1 });
    await record(300, { a: 1 });
    const second = 1 / MINUTE;
    assert.deepEqual(await points("a", 0, 305), [
      [0, 1],
      [10 + second, null],
      [300, 1],
    ]);
    assert.deepEqual(await points("a", 100, 200), []);
    assert.deepEqual((await points("a", 0, 900)).at(-1), [300 + second, null]);
  });

  it("goes on in the same span after a quick restart", async () => {
    await record(0, { a: 1, gone: 2 });
    await history.dispose();
    history = place.history();
    await record(5, { a: 1 });
    assert.deepEqual(await points("a", 0, 6), [[0, 1]]);
    assert.deepEqual(await points("gone", 0, 6), [
      [0, 2],
      [5, null],
    ]);
  });

  it("takes what nobody has looked at yet for what it was, but not after a gap", async () => {
    const late = (minute: number) =>
      history.record({ timestamp: new Date(BEGIN + minute * MINUTE).toISOString(), metrics: {} }, [
        "a",
        "new",
      ]);
    await record(0, { a: 1 });
    await late(5);
    await record(6, { a: 1 });
    await late(300);
    await record(301, { a: 1 });
    const second = 1 / MINUTE;
    assert.deepEqual(await points("a", 0, 302), [
      [0, 1],
      [6 + second, null],
      [301, 1],
    ]);
    assert.deepEqual(await history.metrics(), ["a"]);
  });

  it("loses nothing when the clock is set back, or forth and back", async () => {
    await record(0, { a: 1 });
    await record(10, { a: 2 });
    await history.maintain(null);
    await record(5, { a: 3 });
    await record(10, { a: 4 });
    await record(60 * 24 * 800, { a: 5 });
    await history.maintain(null);
    await record(11, { a: 6 });
    await history.maintain(null);
    const values = (await points("a", 0, 60 * 24 * 801)).map(([, value]) => value);
    assert.deepEqual(
      values.filter((value) => value !== null),
      [1, 3, 2, 4, 6, 5],
    );
  });

  it("refuses a range that makes no sense, and answers nothing after its end", async () => {
    await assert.rejects(history.query({ metric: "a", from: 2, to: 1 }), RangeError);
    await assert.rejects(history.query({ metric: "a", from: Number.NaN, to: 1 }), RangeError);
    await assert.rejects(history.query({ metric: "a", from: 0, to: 1, points: 0 }), RangeError);
    await history.dispose();
    await assert.rejects(history.stats(), /ended/);
  });

  it("ends what is under way within its two seconds", async () => {
    await record(0, { a: 1 });
    const left = history.record(observed(BEGIN + MINUTE, { a: 2 }));
    await history.dispose();
    await left;
    history = place.history();
    assert.equal((await points("a", 0, 2)).length, 2);
  });
});
