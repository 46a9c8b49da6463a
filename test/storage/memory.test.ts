import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const HOUR = 3_600_000;
const BEGIN = Date.parse("2025-11-08T17:00:00Z");

describe("history without SQLite", () => {
  it("lives in memory for 48 hours, and says so once", () => {
    const script = resolve("out/test/support/historyInMemory.js");
    const printed = execFileSync(process.execPath, ["--no-experimental-sqlite", script], {
      encoding: "utf8",
    });
    const { points, few, stats, troubles } = JSON.parse(printed);
    assert.equal(troubles.length, 1);
    assert.match(troubles[0], /has no SQLite/);
    assert.equal(stats.state, "memory");
    assert.equal(points[0][0], BEGIN + HOUR);
    assert.equal(points.length, 48 * 6 + 1);
    assert.deepEqual([few[0][1], few.at(-1)[1]], [60, 49 * 60]);
    assert.ok(few.length <= 20);
  });
});
