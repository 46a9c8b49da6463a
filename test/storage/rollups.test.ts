import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { ROLLUP_LEVELS } from "../../src/core/history/rollup.js";
import { HistoryFolder } from "../support/historyFolder.js";

const DAY = 86_400_000;
/** A Sunday on which the clocks of Europe went back an hour at 01:00 UTC. */
const DST_DAY = Date.parse("2025-10-26T00:00:00Z");

interface Kept {
  at: number;
  value: number;
}

describe("history's rollups", () => {
  const clock = { now: DST_DAY, monotonic: 0 };

  /** What each bucket of a size must hold, straight from the changes. */
  function direct(changes: readonly Kept[], size: number) {
    const buckets = new Map<number, Kept[]>();
    for (const change of changes) {
      const bucket = Math.floor(change.at / size) * size;
      buckets.set(bucket, [...(buckets.get(bucket) ?? []), change]);
    }
    return [...buckets]
      .sort(([a], [b]) => a - b)
      .map(([bucket, all]) => {
        all.sort((a, b) => a.at - b.at);
        const values = all.map(({ value }) => value);
        const [min, max] = [Math.min(...values), Math.max(...values)];
        return {
          bucket,
          first: values[0],
          first_at: (all[0]?.at ?? 0) - bucket,
          last: values.at(-1),
          last_at: (all.at(-1)?.at ?? 0) - bucket,
          min,
          min_at: (all.find(({ value }) => value === min)?.at ?? 0) - bucket,
          max,
          max_at: (all.find(({ value }) => value === max)?.at ?? 0) - bucket,
          count: all.length,
        };
      });
  }

  const change = fc.record({
    after: fc.oneof(fc.integer({ min: 1, max: 90_000 }), fc.integer({ min: -7_200_000, max: DAY })),
    value: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
    maintain: fc.boolean(),
  });

  it("are what the changes say, however they arrive", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 40 }), async (changes) => {
        const place = new HistoryFolder();
        try {
          const store = await place.store();
          let at = DST_DAY;
          let end = at;
          for (const { after, value, maintain } of changes) {
            at += after;
            end = Math.max(end, at);
            store.record({ at, values: new Map([["a", value]]) });
            if (maintain) while (store.maintain(clock, 400 * DAY));
          }
          // The last observation closes the buckets before it, as the next one in the product does.
          store.record({ at: end + 2 * DAY, values: new Map([["end", 1]]) });
          while (store.maintain(clock, 400 * DAY));
          store.close();
          const database = new DatabaseSync(place.file);
          const raw = database.prepare("SELECT at, value FROM number_change WHERE metric = 1").all();
          const kept = raw.map((row) => ({ at: Number(row.at), value: Number(row.value) }));
          for (const size of ROLLUP_LEVELS) {
            const rows = database
              .prepare("SELECT * FROM rollup WHERE metric = 1 AND size = ? ORDER BY bucket")
              .all(size)
              .map(({ size: _size, metric: _metric, ...rest }) => rest);
            assert.deepEqual(rows, direct(kept, size));
          }
          database.close();
        } finally {
          await place.dispose();
        }
      }),
      { numRuns: 60 },
    );
  });

  it("have 24 hours in a night in which the clocks change", async () => {
    const place = new HistoryFolder();
    try {
      const store = await place.store();
      for (let minute = 0; minute <= 25 * 60; minute += 10) {
        store.record({ at: DST_DAY + minute * 60_000, values: new Map([["a", minute]]) });
      }
      while (store.maintain(clock, 400 * DAY));
      store.close();
      const database = new DatabaseSync(place.file);
      const hours = database
        .prepare("SELECT bucket, count FROM rollup WHERE size = 3600000 ORDER BY bucket")
        .all();
      assert.deepEqual(
        hours.map(({ bucket, count }) => [bucket, count]),
        Array.from({ length: 25 }, (_, hour) => [DST_DAY + hour * 3_600_000, 6]),
      );
      database.close();
    } finally {
      await place.dispose();
    }
  });
});
