import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const HOUR = 3_600_000;

describe("history without SQLite", () => {
  it("lives in memory for two days at least, whatever a clock says for a moment, and says so once", () => {
    const script = resolve("out/test/support/historyInMemory.js");
    const printed = execFileSync(process.execPath, ["--no-experimental-sqlite", script], {
      encoding: "utf8",
    });
    const { begin, points, few, afterJump, stats, troubles } = JSON.parse(printed);
    assert.equal(troubles.length, 1);
    assert.match(troubles[0], /has no SQLite/);
    assert.equal(stats.state, "memory");
    const [first, last] = [points[0][0] - begin, points.at(-1)[0] - begin];
    assert.equal(last, 96 * HOUR);
    assert.ok(last - first >= 48 * HOUR && last - first <= 72 * HOUR, `${(last - first) / HOUR} hours`);
    assert.deepEqual([few[0][1], few.at(-1)[1]], [points[0][1], points.at(-1)[1]]);
    assert.ok(few.length <= 20);
    // The moment of the jump back holds the last value, too.
    assert.deepEqual(afterJump.slice(0, points.length - 1), points.slice(0, -1));
  });
});
