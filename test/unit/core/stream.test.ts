import assert from "node:assert/strict";
import { systemClock } from "../../../src/core/clock.js";
import { FusionStream, type StreamSource } from "../../../src/core/stream.js";
import type { Snapshot } from "../../../src/protocol/snapshot.js";
import type { StreamStatus } from "../../../src/protocol/status.js";
import { folderSource } from "../../support/folderStream.js";
import { ManualClock } from "../../support/manualClock.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";

const MINUTE = 60_000;
const REVENUE = "revenue_snapshot.json";

describe("stream", () => {
  let folder: TemporaryFolder;
  let clock: ManualClock;
  let stream: FusionStream;
  let emitted: Snapshot[];
  let statuses: StreamStatus[];
  let log: string[];

  beforeEach(() => {
    folder = new TemporaryFolder();
    folder.write({
      [REVENUE]: '{"mrr": 12450}',
      "memo_index.json": '{"total": 17}',
      "drive_sync.log": "2025-11-08T20:00:00 OK\n",
    });
    clock = new ManualClock();
    begin(clock);
  });
  afterEach(() => {
    stream.dispose();
    folder.dispose();
  });

  function begin(on: ManualClock | typeof systemClock): void {
    emitted = [];
    statuses = [];
    log = [];
    stream = new FusionStream({ clock: on, log: (line) => log.push(line) });
    stream.onSnapshot((snapshot) => emitted.push(snapshot));
    stream.onStatus((status) => statuses.push(status));
  }
  const emissions = (count: number) =>
    waitFor(() => emitted.length >= count, { message: `emission ${count}` });
  const start = async () => {
    stream.follow(folderSource(folder.path, clock));
    await emissions(1);
  };
  /** Refreshes until an update has this revenue: on a busy machine a source may be late for one. */
  const refreshedTo = (mrr: number) =>
    waitFor(async () => (await stream.refresh()).revenue === mrr, { message: `MRR ${mrr}` });
  /** Every source was read: on a busy machine one may be late for the first update. */
  const allRead = () =>
    waitFor(async () => {
      await stream.refresh();
      return stream.unread.length === 0;
    });
  /** The stream has no collection under way, so nothing more will come of what happened so far. */
  const settled = async () => {
    const before = emitted.length;
    await stream.refresh();
    return emitted.length - before - 1;
  };

  it("emits at the start, and then at the interval", async () => {
    await start();
    for (let count = 2; count <= 4; count++) {
      clock.advance(5 * MINUTE);
      await emissions(count);
    }
    assert.deepEqual(
      emitted.map(({ sequence }) => sequence),
      [1, 2, 3, 4],
    );
    assert.deepEqual(
      stream.status().feed.map(({ trigger }) => trigger),
      ["interval", "interval", "interval"],
    );
  });

  it("emits nothing between, when nothing changed", async () => {
    await start();
    clock.advance(5 * MINUTE - 1);
    assert.equal(await settled(), 0);
  });

  it("emits anew for who asks while a snapshot goes out, and right after", async () => {
    await start();
    const asked: Promise<Snapshot>[] = [];
    const listener = stream.onSnapshot(() => {
      listener.dispose();
      asked.push(stream.refresh());
    });
    const first = stream.refresh();
    await waitFor(() => asked.length === 1);
    assert.equal((await first).sequence, 2);
    assert.equal((await asked[0])?.sequence, 3);
    // One step after an emission, its promise is not settled yet.
    const late = stream.onSnapshot(() => {
      late.dispose();
      queueMicrotask(() => asked.push(stream.refresh()));
    });
    assert.equal((await stream.refresh()).sequence, 4);
    await waitFor(() => asked.length === 2);
    assert.equal((await asked[1])?.sequence, 5);
  });

  it("changes its interval live, within 3 to 10 minutes", async () => {
    await start();
    for (const wrong of [2.99, 10.01, 0, -5, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => stream.setInterval(wrong), RangeError);
    }
    stream.setInterval(3.5);
    assert.equal(statuses.at(-1)?.interval.minutes, 3.5);
    clock.advance(3.5 * MINUTE);
    await emissions(2);
  });

  it("catches up once after the machine slept, and keeps the beat after it", async () => {
    await start();
    clock.jump(8 * 60 * MINUTE);
    clock.advance(15_000);
    await emissions(2);
    assert.equal(await settled(), 0);
    clock.advance(5 * MINUTE);
    await emissions(4);
    assert.equal(await settled(), 0);
  });

  it("keeps the beat when the clock is set back", async () => {
    await start();
    clock.jump(-24 * 60 * MINUTE);
    clock.advance(5 * MINUTE);
    await emissions(2);
    const due = Date.parse(stream.status().nextEmissionAt ?? "") - clock.now();
    assert.ok(due > 0 && due <= 5 * MINUTE);
  });

  it("says what each emission changed", async () => {
    await start();
    await allRead();
    folder.write({ [REVENUE]: '{"mrr": 12900}' });
    await refreshedTo(12_900);
    const [newest] = stream.status().feed;
    assert.equal(newest?.trigger, "refresh");
    assert.deepEqual(newest?.changes, [
      { metric: "revenue", label: "MRR", format: "currency", unit: "USD", from: 12450, to: 12900 },
    ]);
  });

  it("never collects twice at once: requests meanwhile share the result", async () => {
    let running = 0;
    let most = 0;
    const inner = folderSource(folder.path, clock);
    stream.follow({
      collect: async () => {
        most = Math.max(most, ++running);
        try {
          return await inner.collect();
        } finally {
          running--;
        }
      },
      watching: true,
      figures: () => inner.figures(),
      onChange: (listener) => inner.onChange(listener),
      dispose: () => inner.dispose(),
    });
    const results = await Promise.all(Array.from({ length: 20 }, () => stream.refresh()));
    assert.equal(most, 1);
    assert.equal(new Set(results).size, 1);
    assert.equal(emitted.length, 2, "the start, and one for all who asked");
  });

  it("answers who asks while a collection is under way with what a later one found", async () => {
    const inner = folderSource(folder.path, clock);
    let begun = 0;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    stream.follow({
      collect: async () => {
        const number = ++begun;
        const collection = await inner.collect();
        if (number === 1) await held;
        return { ...collection, snapshot: { ...collection.snapshot, memos: number } };
      },
      watching: true,
      figures: () => inner.figures(),
      onChange: (listener) => inner.onChange(listener),
      dispose: () => inner.dispose(),
    });
    await waitFor(() => begun === 1);
    const asked = [stream.refresh(), stream.refresh()];
    release();
    assert.deepEqual(
      (await Promise.all(asked)).map(({ memos }) => memos),
      [2, 2],
    );
    assert.deepEqual(
      emitted.map(({ memos }) => memos),
      [1, 2],
    );
  });

  it("counts a collection that fails, and goes on", async () => {
    let broken = true;
    const inner = folderSource(folder.path, clock);
    const source: StreamSource = {
      collect: () => (broken ? Promise.reject(new Error("no handles left")) : inner.collect()),
      watching: true,
      figures: () => inner.figures(),
      onChange: (listener) => inner.onChange(listener),
      dispose: () => inner.dispose(),
    };
    stream.follow(source);
    await waitFor(() => stream.status().metrics.failedEmissions === 1);
    await assert.rejects(stream.refresh(), /no handles left/);
    broken = false;
    clock.advance(5 * MINUTE);
    await emissions(1);
    assert.deepEqual(
      [stream.status().metrics.totalEmissions, stream.status().metrics.failedEmissions],
      [1, 2],
    );
    assert.ok(log.some((line) => line.includes("no handles left")));
  });

  it("is not stopped by a listener that throws", async () => {
    stream.onSnapshot(() => {
      throw new Error("listener");
    });
    const heard: number[] = [];
    stream.onSnapshot(({ sequence }) => heard.push(sequence));
    await start();
    assert.deepEqual(heard, [1]);
  });

  it("logs as the report shows", async () => {
    await start();
    await allRead();
    stream.setConnectedClients(2);
    await stream.refresh();
    assert.deepEqual(
      [log[0], ...log.slice(-3)],
      [
        "🟢 Fusion Data Stream Active – Interval: 5 min",
        `📤 Fusion update emitted [${emitted.length}] at ${stream.latest?.timestamp}`,
        "   └─ Connected clients: 2",
        "   └─ Data: 17 memos, $12450 MRR, Drive: OK",
      ],
    );
  });

  it("follows another folder, and compares nothing across the two", async () => {
    await start();
    const other = new TemporaryFolder();
    other.write({ [REVENUE]: '{"mrr": 99}' });
    stream.follow(folderSource(other.path, clock));
    assert.equal(stream.latest, null);
    await emissions(2);
    assert.equal(emitted[1]?.sequence, 2);
    assert.deepEqual(
      stream.status().feed.map(({ changes }) => changes.length),
      [0],
    );
    await refreshedTo(99);
    stream.follow(null);
    await assert.rejects(stream.refresh());
    other.dispose();
  });

  it("reports its figures", async () => {
    await start();
    clock.advance(39_500);
    const { metrics } = stream.status();
    assert.deepEqual(metrics, {
      isActive: true,
      uptime: 39,
      totalEmissions: 1,
      failedEmissions: 0,
      connectedClients: 0,
      collectMs: { p50: 0, p95: 0 },
      emitMs: { p50: 0, p95: 0 },
      startTime: "2025-11-08T17:00:00.000Z",
    });
    stream.dispose();
    assert.equal(stream.status().metrics.isActive, false);
  });

  describe("on a change on disk", () => {
    beforeEach(async () => {
      stream.dispose();
      begin(systemClock);
      await start();
    });

    const arrives = (mrr: number) => waitFor(() => stream.latest?.revenue === mrr, { message: `MRR ${mrr}` });

    it("emits after a write and after an atomic rename", async () => {
      folder.write({ [REVENUE]: '{"mrr": 1}' });
      await arrives(1);
      folder.writeAtomically(REVENUE, '{"mrr": 2}');
      await arrives(2);
      assert.equal(stream.status().feed[0]?.trigger, "file");
    });

    it("emits once for a burst of writes", async () => {
      await allRead();
      const before = emitted.length;
      for (let mrr = 1; mrr <= 50; mrr++) folder.write({ [REVENUE]: `{"mrr": ${mrr}}` });
      await arrives(50);
      assert.equal(await settled(), 0);
      assert.equal(emitted.length, before + 2);
    });

    it("misses none of many renames", async () => {
      for (let mrr = 1; mrr <= 50; mrr++) {
        folder.writeAtomically(REVENUE, `{"mrr": ${mrr}}`);
        await arrives(mrr);
      }
    });

    it("emits nothing when the content is the same", async () => {
      folder.write({ [REVENUE]: '{"mrr": 12450}' });
      assert.equal(await settled(), 0);
    });
  });
});
