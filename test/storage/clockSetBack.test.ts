import assert from "node:assert/strict";
import type { HistoryStore } from "../../src/core/history/historyStore.js";
import { MemoryStore } from "../../src/core/history/memoryStore.js";
import { HistoryFolder } from "../support/historyFolder.js";

const MINUTE = 60_000;
const BEGIN = Date.parse("2025-11-08T12:00:00Z");

describe("a history whose clock was ahead, and is set right,", () => {
  let place: HistoryFolder;
  beforeEach(() => {
    place = new HistoryFolder();
  });
  afterEach(() => place.dispose());

  const observe = (store: HistoryStore, minute: number, a: number, b: string) =>
    store.record({
      at: BEGIN + minute * MINUTE,
      values: new Map<string, number | string>([
        ["a", a],
        ["b", b],
      ]),
    });
  const held = (store: HistoryStore, minute: number) =>
    ["a", "b"].map((id) => store.metric(id)?.lastUntil(BEGIN + minute * MINUTE)?.[1]);

  /** An hour ahead at first, then right, past the time at which it was wrong. */
  function run(store: HistoryStore): void {
    observe(store, 60, 1, "OK");
    observe(store, 65, 3, "WARN");
    for (let minute = 2; minute <= 90; minute += 8) observe(store, minute, 2, "ERROR");
  }

  it("has what was observed, and not what the wrong time had", async () => {
    const stores = { SQLite: await place.store(), memory: new MemoryStore() };
    for (const [name, store] of Object.entries(stores)) {
      run(store);
      for (const minute of [50, 58, 66, 70, 90])
        assert.deepEqual(held(store, minute), [2, "ERROR"], `${name} ${minute}`);
      store.close();
    }
  });

  it("goes on from there when it is opened again", async () => {
    const before = await place.store();
    run(before);
    before.close();
    const store = await place.store();
    observe(store, 95, 2, "ERROR");
    assert.deepEqual(held(store, 95), [2, "ERROR"]);
    observe(store, 97, 1, "OK");
    assert.deepEqual(held(store, 97), [1, "OK"]);
    store.close();
  });

  it("writes nothing twice once that time is over", async () => {
    const stores = [await place.store(), new MemoryStore()];
    for (const store of stores) {
      run(store);
      const { rows } = store.size();
      for (let minute = 98; minute <= 200; minute += 8) observe(store, minute, 2, "ERROR");
      assert.equal(store.size().rows, rows);
      store.close();
    }
  });
});
