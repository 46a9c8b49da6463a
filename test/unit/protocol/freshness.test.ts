import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isStale, isStaleAfter, staleAt } from "../../../src/protocol/freshness.js";

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

  it("has the limits that the manifest names for its setting", () => {
    const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
    const { exclusiveMinimum, maximum } = contributes.configuration.properties["fusion.staleAfter"];
    for (const minutes of [exclusiveMinimum, -1, maximum + 1, Number.NaN, "10", null])
      assert.equal(isStaleAfter(minutes), false, String(minutes));
    for (const minutes of [0.02, 1, maximum]) assert.equal(isStaleAfter(minutes), true, String(minutes));
  });
});
