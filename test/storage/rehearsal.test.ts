import assert from "node:assert/strict";
import { rehearse } from "../../src/core/alerts/rehearsal.js";
import type { AlertDefinition } from "../../src/core/config/alertDefinition.js";
import { HistoryFolder, observed } from "../support/historyFolder.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BEGIN = Date.parse("2025-11-08T17:00:00Z");
const SILENCE: AlertDefinition = {
  metric: "a",
  condition: { kind: "noDataFor", ms: 30 * MINUTE },
  forMs: 0,
  coolDownMs: 0,
  severity: "warning",
  line: 1,
};

describe("the rehearsal of an alert over a kept history", () => {
  let place: HistoryFolder;
  beforeEach(() => {
    place = new HistoryFolder();
  });
  afterEach(() => place.dispose());

  /** When (hours after the beginning) the alert would have fired, looked at every ten minutes of these hours. */
  async function firings(hours: readonly number[], valueAt: (hour: number) => number | null) {
    const history = place.history();
    for (const hour of hours) {
      for (let minute = 0; minute < 60; minute += 10) {
        const at = BEGIN + hour * HOUR + minute * MINUTE;
        await history.record(observed(at, { a: valueAt(hour), other: 1 }));
      }
    }
    const range = { from: BEGIN, to: BEGIN + 24 * HOUR };
    const { points } = await history.query({ metric: "a", ...range, points: 5_000 });
    const past = { values: points, gaps: await history.gaps(range) };
    return (await rehearse(SILENCE, past, range.to)).map((at) => (at - BEGIN) / HOUR);
  }

  it("fires where the source failed, and not where nobody looked", async () => {
    const closed = [0, 1, 2, 14, 15, 16];
    assert.deepEqual(await firings(closed, (hour) => (hour === 1 || hour === 15 ? null : hour)), [1.5, 15.5]);
  });

  it("counts a silence from the time on when somebody looked again", async () => {
    assert.deepEqual(await firings([0, 14, 15], (hour) => (hour === 0 ? 1 : null)), [14.5]);
  });
});
