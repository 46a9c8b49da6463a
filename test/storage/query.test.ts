import assert from "node:assert/strict";
import fc from "fast-check";
import type { HistoryStore } from "../../src/core/history/historyStore.js";
import { MemoryStore } from "../../src/core/history/memoryStore.js";
import { queryPoints } from "../../src/core/history/query.js";
import type { HistoryPoint } from "../../src/protocol/history.js";
import { HistoryFolder } from "../support/historyFolder.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const BEGIN = Date.parse("2025-03-29T22:00:00Z");

/** Writes values at their times and rolls up, so that all but the last two days are known from rollups alone. */
function filled(store: HistoryStore, values: readonly (readonly [number, number | string | null])[]): void {
  for (const [at, value] of values) store.record({ at, values: new Map([["a", value]]) });
  const now = (values.at(-1)?.[0] ?? 0) + MINUTE;
  store.record({ at: now, values: new Map([["a", values.at(-1)?.[1] ?? null]]) });
  for (let hour = 0; hour <= 24; hour++) {
    while (store.maintain({ now, monotonic: hour * HOUR }, 400 * DAY));
  }
}

function ask(store: HistoryStore, from: number, to: number, points: number): HistoryPoint[] {
  const history = store.metric("a");
  return history ? queryPoints(history, { metric: "a", from, to, points }) : [];
}

describe("history's queries", () => {
  let place: HistoryFolder;

  beforeEach(() => {
    place = new HistoryFolder();
  });
  afterEach(() => place.dispose());

  it("keep the extremes, give only what was recorded, in order, and never too much", async () => {
    const store = await place.store();
    const values = Array.from({ length: 6_000 }, (_, index) => {
      const at = BEGIN + index * 10 * MINUTE + ((index * 7919) % 50_000);
      return [at, Math.sin(index / 50) * 1_000 + ((index * 104_729) % 97)] as const;
    });
    filled(store, values);
    const known = new Map<number, number>(values);
    const end = values.at(-1)?.[0] ?? 0;
    fc.assert(
      fc.property(
        fc.integer({ min: BEGIN - DAY, max: end }),
        fc.integer({ min: 1, max: 50 * DAY }),
        fc.integer({ min: 5, max: 700 }),
        (from, length, points) => {
          const to = from + length;
          const answer = ask(store, from, to, points);
          assert.ok(answer.length <= points, `${answer.length} of ${points}`);
          for (const [index, [at, value]] of answer.entries()) {
            if (value === null) continue;
            if (at !== from) assert.equal(value, known.get(at), "a point that was recorded");
            assert.ok(at >= from && at <= to, "in the range");
            assert.ok(index === 0 || at > (answer[index - 1]?.[0] ?? 0), "in order");
          }
          const within = values.filter(([at]) => at >= from && at <= to).map(([, value]) => value);
          if (within.length === 0) return;
          const given = answer.map(([, value]) => value).filter((value) => typeof value === "number");
          const edge = answer[0]?.[0] === from ? [answer[0]?.[1] ?? 0] : [];
          const all = [...within, ...edge].map(Number);
          assert.equal(Math.min(...given), Math.min(...all));
          assert.equal(Math.max(...given), Math.max(...all));
        },
      ),
      { numRuns: 150 },
    );
    store.close();
  });

  it("never take a range for fuller than it is", async () => {
    const store = await place.store();
    const values = Array.from({ length: 6_000 }, (_, index) => [BEGIN + index * MINUTE, index] as const);
    filled(store, values);
    const metric = store.metric("a");
    assert.ok(metric);
    const end = values.at(-1)?.[0] ?? 0;
    fc.assert(
      fc.property(
        fc.integer({ min: BEGIN - HOUR, max: end }),
        fc.integer({ min: 1, max: DAY }),
        fc.integer({ min: 1, max: 2_000 }),
        (from, length, count) => {
          const changes = metric.page(from, from + length, 2_001).length;
          if (metric.exceeds(from, from + length, count))
            assert.ok(changes > count, `${changes} of ${count}`);
          else assert.ok(changes <= count + 2, `${changes} of ${count}`);
        },
      ),
    );
  });

  it("keep the extremes of every part of the range", async () => {
    const store = await place.store();
    const values = Array.from({ length: 8_000 }, (_, index) => {
      return [BEGIN + index * 9 * MINUTE, (index * 7919) % 10_007] as const;
    });
    filled(store, values);
    const answer = ask(store, BEGIN, BEGIN + 50 * DAY, 500);
    const parts = 100;
    const width = (50 * DAY) / parts;
    for (let part = 1; part < parts - 1; part++) {
      const [from, to] = [BEGIN + part * width, BEGIN + (part + 1) * width];
      // A part of the answer lies within two of these at most: the extremes of both hold its own.
      const near = (at: number) => at >= from - width && at < to + width;
      const exact = values.filter(([at]) => at >= from && at < to).map(([, value]) => value);
      const given = answer.filter(([at]) => near(at)).map(([, value]) => Number(value));
      assert.ok(Math.max(...given) >= Math.max(...exact) && Math.min(...given) <= Math.min(...exact));
    }
    store.close();
  });

  it("give every change where there is room, from memory as from the database", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.oneof(fc.integer({ min: 1, max: 12 * MINUTE }), fc.integer({ min: 1, max: 3 * HOUR })),
            fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(null), fc.constantFrom("OK", "ERROR")),
          ),
          { minLength: 1, maxLength: 60 },
        ),
        fc.integer({ min: 2, max: 200 }),
        async (steps, points) => {
          const folder = new HistoryFolder();
          try {
            const [stored, remembered] = [await folder.store(), new MemoryStore()];
            let at = BEGIN;
            for (const [after, value] of steps) {
              at += after;
              const observation = { at, values: new Map([["a", value]]) };
              stored.record(observation);
              remembered.record(observation);
            }
            while (stored.maintain({ now: at, monotonic: 0 }, 400 * DAY));
            const range = [BEGIN, at + HOUR, points] as const;
            assert.deepEqual(ask(stored, ...range), ask(remembered, ...range));
            stored.close();
          } finally {
            await folder.dispose();
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("end a busy time with its last value, and not with an extreme", async () => {
    const store = await place.store();
    const busy = Array.from({ length: 2_000 }, (_, n) => [BEGIN + n * MINUTE, (n * 7919) % 1_009] as const);
    const calm = Array.from({ length: 1_000 }, (_, n) => [BEGIN + (2_000 + n * 10) * MINUTE, 500] as const);
    const later = Array.from({ length: 300 }, (_, n) => {
      return [BEGIN + (12_000 + n * 10) * MINUTE, (n * 7919) % 1_009] as const;
    });
    const values = [...busy, ...calm, ...later, [BEGIN + 15_000 * MINUTE, 7] as const];
    filled(store, values);
    for (const points of [20, 100, 500]) {
      const answer = ask(store, BEGIN, BEGIN + 15_010 * MINUTE, points);
      assert.ok(answer.length <= points, `${answer.length} of ${points}`);
      const held = answer.findLast(([at]) => at <= BEGIN + 7_000 * MINUTE);
      assert.equal(held?.[1], 500, `in the calm time, of ${points} points`);
      assert.equal(answer.at(-1)?.[1], 7, `at the end, of ${points} points`);
    }
    store.close();
  });

  it("show a long gap over a year, and give a text's changes as texts", async () => {
    const store = await place.store();
    const numbers = Array.from({ length: 3_000 }, (_, index) => {
      const at = BEGIN + index * 3 * HOUR + (index > 1_500 ? 30 * DAY : 0);
      return { at, value: index };
    });
    for (const { at, value } of numbers) {
      for (let minute = 0; minute < 180; minute += 10) {
        const values = new Map<string, number | string>([["a", value]]);
        values.set("b", minute < 90 ? "OK" : "ERROR");
        store.record({ at: at + minute * MINUTE, values });
      }
    }
    const to = BEGIN + 405 * DAY;
    const answer = ask(store, BEGIN, to, 300);
    const nulls = answer.flatMap(([at, value], index) =>
      value === null ? [(answer[index + 1]?.[0] ?? to) - at] : [],
    );
    assert.equal(nulls.length, 1, "one gap inside");
    assert.ok((nulls[0] ?? 0) >= 29 * DAY);
    const history = store.metric("b");
    const texts = history ? queryPoints(history, { metric: "b", from: BEGIN, to, points: 300 }) : [];
    assert.ok(texts.length > 50 && texts.length <= 300);
    assert.ok(texts.every(([, value]) => value === null || value === "OK" || value === "ERROR"));
    store.close();
  });

  it("keep within very few points", async () => {
    const store = await place.store();
    filled(
      store,
      Array.from({ length: 100 }, (_, index) => [BEGIN + index * MINUTE, index] as const),
    );
    const last = [BEGIN + 100 * MINUTE, 50] as const;
    store.record({ at: last[0], values: new Map([["a", last[1]]]) });
    for (const points of [1, 2, 3, 4]) {
      const values = ask(store, BEGIN, last[0], points).map(([, value]) => value);
      assert.ok(values.length <= points);
      assert.ok(values.includes(99));
      if (points > 1) assert.ok(values.includes(0));
      if (points > 2) assert.equal(values.at(-1), last[1], `the last one of ${points}`);
    }
    store.close();
  });
});
