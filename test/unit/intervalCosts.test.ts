import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { INTERVAL_COSTS } from "../../src/vscode/intervalCosts.js";
import { cpuSecondsAt } from "../../src/vscode/intervalEstimate.js";
import { costsModule, withIntervalTable } from "../support/intervalTable.js";

describe("costs of the intervals", () => {
  it("are of 3, 5 and 10 minutes, the same in the picker and in README", () => {
    assert.deepEqual(
      INTERVAL_COSTS.map(({ minutes, emissions }) => [minutes, emissions]),
      [
        [3, 20],
        [5, 12],
        [10, 6],
      ],
    );
    assert.equal(readFileSync("src/vscode/intervalCosts.ts", "utf8"), costsModule(INTERVAL_COSTS));
    const readme = readFileSync("README.md", "utf8");
    assert.equal(readme, withIntervalTable(readme, INTERVAL_COSTS));
  });

  it("lie on a line between the measured ones", () => {
    const cost = { memoryMegabytes: 70 };
    const costs = [
      { minutes: 3, emissions: 20, cpuSeconds: 0.4, ...cost },
      { minutes: 5, emissions: 12, cpuSeconds: 0.24, ...cost },
      { minutes: 10, emissions: 6, cpuSeconds: 0.18, ...cost },
    ];
    assert.deepEqual(
      [3, 5, 10].map((minutes) => cpuSecondsAt(minutes, costs)),
      [0.4, 0.24, 0.18],
    );
    assert.equal(cpuSecondsAt(4, costs).toFixed(3), "0.300");
    assert.equal(cpuSecondsAt(7.5, costs).toFixed(3), "0.200");
  });
});
