import assert from "node:assert/strict";
import { isStale, staleAt } from "../../../src/protocol/freshness.js";

const UPDATED = "2025-11-08T17:00:00Z";

describe("freshness", () => {
  it("ends after the user's minutes, with a moment's grace for a pulse that is due just then", () => {
    const limit = Date.parse(UPDATED) + 10 * 60_000;
    assert.equal(isStale(UPDATED, 10, limit), false);
    assert.equal(isStale(UPDATED, 10, limit + 1_000), false);
    assert.equal(isStale(UPDATED, 10, limit + 3_000), true);
    assert.equal(isStale(UPDATED, 10, staleAt(UPDATED, 10)), false);
    assert.equal(isStale(UPDATED, 10, staleAt(UPDATED, 10) + 1), true);
  });
});
