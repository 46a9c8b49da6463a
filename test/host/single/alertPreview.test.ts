import assert from "node:assert/strict";
import { checkAlert } from "../../../src/core/alerts/alertEntry.js";
import type { PastValue } from "../../../src/core/alerts/pastValues.js";
import { AlertPreview } from "../../../src/vscode/alertPreview.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Sunday. */
const NOW = new Date(2025, 10, 9, 12, 0).getTime();
const WEEK_AGO = NOW - 7 * DAY;

describe("the preview of an alert", () => {
  const { definition } = checkAlert({ metric: "revenue", below: 10_000 });
  const told = async (past: readonly PastValue[] | Error) => {
    const asked: unknown[] = [];
    const pastValues = {
      query: async (...range: [metric: string, from: number, to: number]) => {
        asked.push(range);
        if (past instanceof Error) throw past;
        return { values: past, gaps: [] };
      },
    };
    assert.ok(definition);
    const text = await new AlertPreview("revenue", pastValues, NOW).text(definition);
    assert.deepEqual(asked, [["revenue", WEEK_AGO, NOW]]);
    return text;
  };

  it("tells how often it would have fired, and when last", async () => {
    const dips = [1, 2, 5].flatMap((day): PastValue[] => [
      [WEEK_AGO + day * DAY, 9_000],
      [WEEK_AGO + day * DAY + HOUR, 12_000],
    ]);
    const text = await told([[WEEK_AGO, 12_000], ...dips]);
    assert.equal(text, "Would have fired 3 times in the last 7 days, last on Friday 12:00.");
  });

  it("tells of once, and of never", async () => {
    const once: PastValue[] = [
      [WEEK_AGO, 12_000],
      [WEEK_AGO + DAY, 9_000],
    ];
    assert.equal(await told(once), "Would have fired once in the last 7 days, on Monday 12:00.");
    assert.equal(await told([[WEEK_AGO, 12_000]]), "Would not have fired in the last 7 days.");
  });

  it("does not speak of a week where less is known", async () => {
    const text = await told([[NOW - DAY, 12_000]]);
    assert.equal(text, "Would not have fired since Saturday 12:00, when its history begins.");
    for (const nothing of [[], [[WEEK_AGO, null]] as const, new Error("the file is locked")]) {
      assert.equal(await told(nothing), "No history of the last week yet.");
    }
  });
});
