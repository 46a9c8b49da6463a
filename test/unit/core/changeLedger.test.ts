import assert from "node:assert/strict";
import { ChangeLedger } from "../../../src/core/changeLedger.js";
import { MemoryStream } from "../../support/memoryStream.js";

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
});
