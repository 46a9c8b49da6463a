import assert from "node:assert/strict";
import { ChangeLedger } from "../../../src/core/changeLedger.js";
import { ChangeFile } from "../../../src/core/changeStore.js";
import { collected } from "../../support/collection.js";
import { folderSource } from "../../support/folderStream.js";
import { ManualClock } from "../../support/manualClock.js";
import { MemoryStream } from "../../support/memoryStream.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";

describe("what is known of changes", () => {
  it("goes on from another process' last snapshot", () => {
    const last = new MemoryStream().latest;
    const { value, changedAt } = last?.metrics.revenue ?? {};
    const ledger = new ChangeLedger(last);
    const now = "2026-01-01T00:00:00.000Z";
    assert.equal(ledger.record("revenue", value ?? null, now).changedAt, changedAt);
    const { changedAt: later, previous } = ledger.record("revenue", 1, now);
    assert.deepEqual([later, previous], [now, value]);
    assert.deepEqual(ledger.record("new", 5, now).previous, null);
  });

  describe("after a restart", () => {
    const DAY_MS = 86_400_000;
    const BEGIN = Date.parse("2026-03-06T17:00:00.000Z");
    const LATER = BEGIN + 3 * DAY_MS;
    let folder: TemporaryFolder;
    let state: TemporaryFolder;

    beforeEach(() => {
      folder = new TemporaryFolder();
      state = new TemporaryFolder();
      folder.write({ "revenue_snapshot.json": '{"mrr": 12000}', "memo_index.json": '{"totalMemos": 17}' });
    });
    afterEach(() => {
      folder.dispose();
      state.dispose();
    });

    const kept = () => new ChangeFile(state.resolve("changes.json"));

    /** The metrics that a process reads which runs at a time, and which then ends. */
    async function metricsAt(time: number, changes: ChangeFile = kept()) {
      const source = folderSource(folder.path, new ManualClock(time), undefined, { changes });
      const { metrics } = (await collected(source)).snapshot;
      source.dispose();
      await changes.flushed();
      return metrics;
    }

    it("goes on from what was kept", async () => {
      await metricsAt(BEGIN);
      folder.write({ "memo_index.json": '{"totalMemos": 18}' });
      const { revenue, memos } = await metricsAt(LATER);
      assert.deepEqual([revenue?.changedAt, revenue?.previous], [new Date(BEGIN).toISOString(), null]);
      assert.deepEqual([memos?.changedAt, memos?.previous], [new Date(LATER).toISOString(), 17]);
      const again = await metricsAt(LATER + DAY_MS);
      assert.deepEqual([again.memos?.changedAt, again.memos?.previous], [memos?.changedAt, 17]);
    });

    it("begins anew where what was kept is damaged", async () => {
      await metricsAt(BEGIN);
      for (const damage of ['{"revenue": ', "[]", '{"revenue": {"value": 12000, "changedAt": "soon"}}']) {
        state.write({ "changes.json": damage });
        assert.equal((await metricsAt(LATER)).revenue?.changedAt, new Date(LATER).toISOString());
      }
    });

    it("waits for no disk that does not answer", async () => {
      const changes = kept();
      changes.read = () => new Promise(() => {});
      assert.equal((await metricsAt(LATER, changes)).revenue?.value, 12_000);
    });
  });
});
