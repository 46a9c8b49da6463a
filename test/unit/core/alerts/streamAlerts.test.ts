import assert from "node:assert/strict";
import { StreamAlerts } from "../../../../src/core/alerts/streamAlerts.js";
import type { AlertDefinition } from "../../../../src/core/config/alertDefinition.js";
import { EventSource } from "../../../../src/core/event.js";
import type { Alert } from "../../../../src/protocol/alerts.js";
import type { Snapshot } from "../../../../src/protocol/snapshot.js";
import type { StreamStatus } from "../../../../src/protocol/status.js";
import { ManualClock } from "../../../support/manualClock.js";
import { builtInMetrics, snapshot } from "../../../support/snapshots.js";
import { TemporaryFolder } from "../../../support/temporaryFolder.js";
import { waitFor } from "../../../support/waitFor.js";

const LOW_MRR: AlertDefinition = {
  metric: "revenue",
  condition: { kind: "below", threshold: 10_000, clearAbove: null },
  forMs: 0,
  coolDownMs: 0,
  severity: "warning",
  line: 4,
};

describe("the alerts of a stream", () => {
  const fail = (error: unknown) => {
    throw error;
  };
  let folder: TemporaryFolder;
  let snapshots: EventSource<Snapshot>;
  let statuses: EventSource<StreamStatus>;
  let alerts: StreamAlerts;
  let told: Alert[];
  let lists: (readonly Alert[])[];

  beforeEach(() => {
    folder = new TemporaryFolder();
    snapshots = new EventSource(fail);
    statuses = new EventSource(fail);
    begin();
  });

  afterEach(async () => {
    alerts.dispose();
    await alerts.flushed();
    folder.dispose();
  });

  function begin() {
    alerts = new StreamAlerts({
      stream: {
        onSnapshot: (listener) => snapshots.subscribe(listener),
        onStatus: (listener) => statuses.subscribe(listener),
      },
      clock: new ManualClock(),
      storage: folder.resolve("state"),
      onListenerError: fail,
    });
    told = [];
    lists = [];
    alerts.onAlert((alert) => told.push(alert));
    alerts.onList((list) => lists.push(list));
  }

  /** Follows a folder whose revenue is this, and waits until the alerts have looked at it. */
  async function follow(name: string, revenue: number) {
    alerts.follow(name, true).define([LOW_MRR]);
    emit(revenue);
    await waitFor(() => alerts.list().length > 0 || revenue >= 10_000);
  }

  function emit(value: number) {
    const metrics = builtInMetrics();
    snapshots.fire(snapshot({ metrics: { ...metrics, revenue: { ...metrics.revenue, value } } }));
  }

  it("are those of the folder followed now", async () => {
    await follow("one", 9_800);
    assert.deepEqual(
      told.map(({ state }) => state),
      ["firing"],
    );
    assert.deepEqual(lists.at(-1), alerts.list());

    const two = alerts.follow("two", true);
    assert.deepEqual(lists.at(-1), [], "the other folder's are gone at once");
    two.define([]);
    emit(9_000);
    assert.deepEqual(alerts.list(), []);
    alerts.followNone();
    emit(9_000);
    assert.equal(told.length, 1);
  });

  it("hold for a folder that is followed anew, and are not told again", async () => {
    await follow("one", 9_800);
    const [firing] = alerts.list();
    alerts.mute(firing?.id ?? "", null);
    const [{ since } = { since: "" }] = alerts.list();
    await follow("one", 9_700);
    assert.equal(told.length, 1);
    assert.deepEqual(
      alerts.list().map((alert) => [alert.since, alert.muted]),
      [[since, true]],
    );
  });

  it("hold over a restart once they are flushed", async () => {
    await follow("one", 9_800);
    const until = Date.parse("2025-11-08T18:00:00Z");
    alerts.mute(alerts.list()[0]?.id ?? "", until);
    alerts.dispose();
    await alerts.flushed();
    begin();
    await follow("one", 9_700);
    assert.deepEqual(told, []);
    const [held] = alerts.list();
    assert.equal(held?.muted, true);
    assert.equal(held?.mutedUntil, "2025-11-08T18:00:00.000Z");
    assert.equal(alerts.mutedUntil(held?.id ?? ""), until);
  });

  it("take no more word from a folder that is followed no longer", async () => {
    const one = alerts.follow("one", true);
    const many = { ...LOW_MRR, condition: { kind: "above", threshold: 100_000, clearBelow: null } } as const;
    alerts.follow("two", true).define([many]);
    one.define([LOW_MRR]);
    emit(9_800);
    emit(100_001);
    await waitFor(() => told.length > 0, { message: "the alert of the second folder" });
    emit(9_800);
    assert.deepEqual(
      told.map(({ id, state }) => [id, state]),
      [
        ["revenue:above:100000", "firing"],
        ["revenue:above:100000", "resolved"],
      ],
    );
  });
});
