import assert from "node:assert/strict";
import { AlertTracker } from "../../../../src/core/alerts/alertTracker.js";
import { rehearse } from "../../../../src/core/alerts/rehearsal.js";
import type { AlertDefinition } from "../../../../src/core/config/alertDefinition.js";
import type { AlertCondition } from "../../../../src/protocol/alerts.js";
import type { MetricValue } from "../../../../src/protocol/snapshot.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("an alert over the values of its metric", () => {
  it("fires below its threshold and ends at it", () => {
    assert.deepEqual(turns(alert({ kind: "below", threshold: 10, clearAbove: null }), [12, 10, 9, 8, 10]), [
      null,
      null,
      "fired",
      null,
      "resolved",
    ]);
  });

  it("ends only above clearAbove, so that a value about the threshold does not flicker", () => {
    const definition = alert({ kind: "below", threshold: 10, clearAbove: 12 });
    assert.deepEqual(turns(definition, [9, 11, 12, 9, 13]), ["fired", null, null, null, "resolved"]);
  });

  it("fires above its threshold, and ends only below clearBelow", () => {
    const definition = alert({ kind: "above", threshold: 90, clearBelow: 80 });
    assert.deepEqual(turns(definition, [90, 91, 85, 80, 79]), [null, "fired", null, null, "resolved"]);
  });

  it("fires while the value is the one it watches for", () => {
    const definition = alert({ kind: "becomes", value: "ERROR" });
    assert.deepEqual(turns(definition, ["OK", "ERROR", "ERROR", "OK"]), [null, "fired", null, "resolved"]);
  });

  it("neither begins nor ends where nothing is known", () => {
    const definition = alert({ kind: "below", threshold: 10, clearAbove: null });
    assert.deepEqual(turns(definition, [null, 9, null, 9, null, 11]), [
      null,
      "fired",
      null,
      null,
      null,
      "resolved",
    ]);
    const tracker = new AlertTracker(definition);
    assert.equal(
      tracker.observe({ at: 0, value: 9, available: false }),
      null,
      "a stale value proves nothing",
    );
  });

  it("compares with the lowest value of the time", () => {
    const definition = alert({ kind: "risesBy", amount: 50, percent: false, withinMs: HOUR });
    assert.deepEqual(turns(definition, [100, 90, 130, 141], 10 * MINUTE), [null, null, null, "fired"]);
    assert.deepEqual(turns(definition, [100, 130, 160], HOUR), [null, null, null]);
    assert.deepEqual(turns(definition, [100, 130, 160], HOUR / 2), [null, null, "fired"]);
  });

  it("takes the value at the beginning of the time for one of its values", () => {
    const definition = alert({ kind: "risesBy", amount: 50, percent: false, withinMs: HOUR });
    const tracker = new AlertTracker(definition, undefined, Number.POSITIVE_INFINITY);
    tracker.observe({ at: 0, value: 100, available: true });
    assert.equal(tracker.observe({ at: 5 * HOUR, value: 150, available: true }), "fired");
  });

  it("reckons a share from the value before, of nothing none", () => {
    const definition = alert({ kind: "fallsBy", amount: 10, percent: true, withinMs: null });
    assert.deepEqual(turns(definition, [100, 91, 81.9, 80]), [null, null, "fired", "resolved"]);
    assert.deepEqual(turns(definition, [0, -5, -5.5]), [null, null, "fired"]);
  });

  it("does not miss an amount for the error of binary fractions", () => {
    const definition = alert({ kind: "risesBy", amount: 0.1, percent: false, withinMs: null });
    assert.deepEqual(turns(definition, [0.2, 0.3]), [null, "fired"]);
  });

  it("fires where there was no good value for the time, by the clock alone", () => {
    const tracker = new AlertTracker(alert({ kind: "noDataFor", ms: 10 * MINUTE }));
    assert.equal(tracker.observe({ at: 0, value: 5, available: true }), null);
    assert.equal(tracker.nextLookAt, null);
    assert.equal(tracker.observe({ at: MINUTE, value: 5, available: false }), null);
    assert.equal(tracker.nextLookAt, 11 * MINUTE);
    assert.equal(tracker.lookAgain(11 * MINUTE), "fired");
    assert.equal(tracker.observe({ at: 12 * MINUTE, value: 6, available: true }), "resolved");
  });

  it("waits until the condition has held for its time, and begins anew when it did not", () => {
    const definition = alert({ kind: "below", threshold: 10, clearAbove: null }, { forMs: 10 * MINUTE });
    const tracker = new AlertTracker(definition);
    tracker.observe({ at: 0, value: 9, available: true });
    assert.equal(tracker.nextLookAt, 10 * MINUTE);
    tracker.observe({ at: 5 * MINUTE, value: 10, available: true });
    tracker.observe({ at: 6 * MINUTE, value: 8, available: true });
    assert.equal(tracker.lookAgain(10 * MINUTE), null);
    assert.equal(tracker.lookAgain(16 * MINUTE), "fired");
  });

  it("does not take a sleep for a time in which the condition held", () => {
    const definition = alert({ kind: "below", threshold: 10, clearAbove: null }, { forMs: 10 * MINUTE });
    const tracker = new AlertTracker(definition);
    tracker.observe({ at: 0, value: 9, available: true });
    assert.equal(tracker.observe({ at: 8 * HOUR, value: 9, available: true }), null);
    assert.equal(tracker.lookAgain(8 * HOUR + 10 * MINUTE), "fired");
    const silence = new AlertTracker(alert({ kind: "noDataFor", ms: 10 * MINUTE }));
    silence.observe({ at: 0, value: null, available: false });
    assert.equal(silence.observe({ at: 8 * HOUR, value: null, available: false }), null);
  });

  it("does not fire by the clock alone when it wakes from a sleep", () => {
    const definition = alert({ kind: "below", threshold: 10, clearAbove: null }, { forMs: 10 * MINUTE });
    const tracker = new AlertTracker(definition);
    tracker.observe({ at: 0, value: 9, available: true });
    assert.equal(tracker.lookAgain(8 * HOUR), null);
    assert.equal(tracker.observe({ at: 8 * HOUR + MINUTE, value: 11, available: true }), null);
  });

  it("does not measure a change from a value that nobody saw within the time", () => {
    const seen = (withinMs: number | null) => {
      const tracker = new AlertTracker(alert({ kind: "risesBy", amount: 50, percent: false, withinMs }));
      tracker.observe({ at: 0, value: 100, available: true });
      return tracker;
    };
    const later = (at: number) => ({ at, value: 160, available: true });
    const before = seen(HOUR);
    const restarted = new AlertTracker(before.definition, before.save());
    assert.equal(before.observe(later(15 * HOUR)), null, "it may have risen at any time of the night");
    assert.equal(restarted.observe(later(15 * HOUR)), null);
    assert.equal(seen(HOUR).observe(later(20 * MINUTE)), "fired", "it was seen within the hour");
    assert.equal(seen(null).observe(later(15 * HOUR)), "fired", "it rose from one value to the next");
  });

  it("looks again only when that may change something", () => {
    const definition = alert(
      { kind: "above", threshold: 10, clearBelow: null },
      { coolDownMs: HOUR, forMs: MINUTE },
    );
    const tracker = new AlertTracker(definition, undefined, Number.POSITIVE_INFINITY);
    tracker.observe({ at: 0, value: 11, available: true });
    assert.equal(tracker.lookAgain(MINUTE), "fired");
    assert.equal(tracker.observe({ at: 2 * MINUTE, value: 9, available: true }), "resolved");
    assert.equal(tracker.nextLookAt, null, "the end of its rest alone changes nothing");
    tracker.observe({ at: 3 * MINUTE, value: 11, available: true });
    assert.equal(tracker.nextLookAt, HOUR + 2 * MINUTE);
    assert.equal(tracker.lookAgain(HOUR + 2 * MINUTE), "fired");
  });

  it("does not fire again until it has rested, and then without another value", () => {
    const definition = alert({ kind: "above", threshold: 10, clearBelow: null }, { coolDownMs: HOUR });
    const tracker = new AlertTracker(definition, undefined, Number.POSITIVE_INFINITY);
    assert.equal(tracker.observe({ at: 0, value: 11, available: true }), "fired");
    assert.equal(tracker.observe({ at: MINUTE, value: 9, available: true }), "resolved");
    assert.equal(tracker.observe({ at: 2 * MINUTE, value: 11, available: true }), null);
    assert.equal(tracker.nextLookAt, HOUR + MINUTE);
    assert.equal(tracker.lookAgain(HOUR + MINUTE), "fired");
  });

  it("rests no longer because the clock was set back", () => {
    const definition = alert({ kind: "above", threshold: 10, clearBelow: null }, { coolDownMs: HOUR });
    const tracker = new AlertTracker(definition);
    tracker.observe({ at: 100 * HOUR, value: 11, available: true });
    tracker.observe({ at: 100 * HOUR + MINUTE, value: 9, available: true });
    assert.equal(tracker.observe({ at: 0, value: 11, available: true }), "fired");
  });

  it("goes on after a restart where it was", () => {
    const definition = alert({ kind: "below", threshold: 10, clearAbove: null });
    const before = new AlertTracker(definition);
    before.observe({ at: 0, value: 9, available: true });
    const after = new AlertTracker(definition, before.save());
    assert.equal(after.observe({ at: MINUTE, value: 9, available: true }), null);
    assert.equal(after.observe({ at: 2 * MINUTE, value: 10, available: true }), "resolved");

    const patient = new AlertTracker({ ...definition, forMs: HOUR });
    patient.observe({ at: 0, value: 9, available: true });
    const later = new AlertTracker({ ...definition, forMs: HOUR }, patient.save());
    assert.equal(
      later.observe({ at: 24 * HOUR, value: 9, available: true }),
      null,
      "nobody saw it hold all night",
    );

    const quiet = alert({ kind: "noDataFor", ms: 20 * MINUTE });
    const begun = new AlertTracker(quiet);
    begun.observe({ at: 0, value: null, available: false });
    const resumed = new AlertTracker(quiet, begun.save());
    resumed.observe({ at: 10 * MINUTE, value: null, available: false });
    assert.equal(resumed.lookAgain(20 * MINUTE), "fired", "the silence did not begin with the restart");

    const silent = alert({ kind: "noDataFor", ms: MINUTE });
    const silence = new AlertTracker(silent);
    silence.observe({ at: 0, value: null, available: false });
    assert.equal(silence.lookAgain(MINUTE), "fired");
    const still = new AlertTracker(silent, silence.save());
    assert.equal(still.observe({ at: 5 * MINUTE, value: null, available: false }), null);
    assert.equal(still.phase.name, "firing");
  });
});

describe("the rehearsal of an alert", () => {
  it("tells when it would have fired, however seldom the value changed", async () => {
    const definition = alert({ kind: "below", threshold: 10, clearAbove: null }, { forMs: HOUR });
    const past = [
      [0, 12],
      [HOUR, 9],
      [5 * HOUR, 11],
      [6 * HOUR, 9],
      [6.5 * HOUR, 11],
      [20 * HOUR, 8],
    ] as const;
    assert.deepEqual(await rehearse(definition, { values: past, gaps: [] }, 30 * HOUR), [
      2 * HOUR,
      21 * HOUR,
    ]);
    assert.deepEqual(await rehearse(definition, { values: past, gaps: [] }, 20.5 * HOUR), [2 * HOUR]);
  });

  it("counts every rise, though the value stands still in between", async () => {
    const definition = alert({ kind: "risesBy", amount: 5, percent: false, withinMs: HOUR });
    const past = [
      [0, 10],
      [HOUR, 20],
      [10 * HOUR, 30],
    ] as const;
    assert.deepEqual(await rehearse(definition, { values: past, gaps: [] }, 20 * HOUR), [HOUR, 10 * HOUR]);
    const next = alert({ kind: "risesBy", amount: 5, percent: false, withinMs: null });
    assert.deepEqual(await rehearse(next, { values: past, gaps: [] }, 20 * HOUR), [HOUR, 10 * HOUR]);
  });

  it("finds the times without data", async () => {
    const definition = alert({ kind: "noDataFor", ms: HOUR });
    const past = [
      [0, 1],
      [HOUR, null],
      [3 * HOUR, 2],
      [4 * HOUR, null],
    ] as const;
    assert.deepEqual(await rehearse(definition, { values: past, gaps: [] }, 10 * HOUR), [2 * HOUR, 5 * HOUR]);
  });

  it("takes a time in which nobody looked for one of which nothing is known", async () => {
    const definition = alert({ kind: "noDataFor", ms: HOUR });
    const closed = { after: 2 * HOUR, until: 14 * HOUR };
    const gaps = [closed];
    const values = [
      [0, 1],
      [closed.after + 1, null],
    ] as const;
    const back = [...values, [closed.until, 1]] as const;
    assert.deepEqual(await rehearse(definition, { values: back, gaps }, 20 * HOUR), []);
    // There was nothing when somebody looked again, which is not written a second time.
    assert.deepEqual(await rehearse(definition, { values, gaps }, 20 * HOUR), [15 * HOUR]);
    // The data went half an hour before, and nobody knows how that went on.
    const before = [
      [0, 1],
      [closed.after - HOUR / 2, null],
      [closed.until, 2],
    ] as const;
    assert.deepEqual(await rehearse(definition, { values: before, gaps }, 20 * HOUR), []);
    const open = [{ after: 2 * HOUR, until: Number.POSITIVE_INFINITY }];
    assert.deepEqual(await rehearse(definition, { values, gaps: open }, 20 * HOUR), []);
  });

  it("does not take a condition to have held while nobody looked", async () => {
    const definition = alert({ kind: "below", threshold: 10, clearAbove: null }, { forMs: 2 * HOUR });
    const gaps = [{ after: HOUR, until: 14 * HOUR }];
    const values = [
      [0, 9],
      [HOUR + 1, null],
      [14 * HOUR, 9],
    ] as const;
    assert.deepEqual(await rehearse(definition, { values, gaps }, 20 * HOUR), [16 * HOUR]);
    const imported = [...values.slice(0, 2), [5 * HOUR, 12], [6 * HOUR, 8], values[2]] as const;
    assert.deepEqual(await rehearse(definition, { values: imported, gaps }, 20 * HOUR), [8 * HOUR]);
  });

  it("measures a change across a time in which nobody looked from what was seen last before it", async () => {
    const definition = alert({ kind: "risesBy", amount: 50, percent: false, withinMs: HOUR });
    const values = [
      [0, 100],
      [2 * HOUR + 1, null],
    ] as const;
    const firings = (until: number) =>
      rehearse(
        definition,
        { values: [...values, [until, 160]], gaps: [{ after: 2 * HOUR, until }] },
        20 * HOUR,
      );
    assert.deepEqual(await firings(15 * HOUR), []);
    assert.deepEqual(await firings(2.5 * HOUR), [2.5 * HOUR]);
  });

  it("leaves the event loop free in between, and ends where nobody waits any more", async () => {
    const definition = alert({ kind: "risesBy", amount: 5, percent: false, withinMs: HOUR });
    const past = Array.from({ length: 300_000 }, (_, index) => [index * MINUTE, index % 90] as const);
    const abandoned = new AbortController();
    setImmediate(() => abandoned.abort());
    await assert.rejects(
      rehearse(definition, { values: past, gaps: [] }, past.length * MINUTE, abandoned.signal),
      {
        name: "AbortError",
      },
    );
  });
});

function alert(condition: AlertCondition, more: Partial<AlertDefinition> = {}): AlertDefinition {
  return { metric: "m", condition, forMs: 0, coolDownMs: 0, severity: "warning", line: 1, ...more };
}

/** What each of these values turned, one `step` (ms) after the other; `null` stands for no value. */
function turns(definition: AlertDefinition, values: readonly MetricValue[], step = MINUTE) {
  const tracker = new AlertTracker(definition, undefined, Number.POSITIVE_INFINITY);
  return values.map((value, index) =>
    tracker.observe({ at: index * step, value, available: value !== null }),
  );
}
