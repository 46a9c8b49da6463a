import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { AlertMonitor } from "../../../../src/core/alerts/alertMonitor.js";
import type { AlertDefinition } from "../../../../src/core/config/alertDefinition.js";
import { JsonFile } from "../../../../src/core/jsonFile.js";
import type { Alert } from "../../../../src/protocol/alerts.js";
import type { Metric, Snapshot } from "../../../../src/protocol/snapshot.js";
import { ManualClock } from "../../../support/manualClock.js";
import { builtInMetrics, metric, snapshot } from "../../../support/snapshots.js";
import { TemporaryFolder } from "../../../support/temporaryFolder.js";

const MINUTE = 60_000;
const LOW_MRR: AlertDefinition = {
  metric: "revenue",
  condition: { kind: "below", threshold: 10_000, clearAbove: 10_500 },
  forMs: 0,
  coolDownMs: 0,
  severity: "warning",
  line: 4,
};

describe("the alerts of a folder", () => {
  let folder: TemporaryFolder;
  let clock: ManualClock;
  let file: JsonFile;
  let told: Alert[];

  beforeEach(() => {
    folder = new TemporaryFolder();
    file = new JsonFile(folder.resolve("alerts.json"));
    clock = new ManualClock();
    told = [];
  });

  afterEach(async () => {
    await file.flushed();
    folder.dispose();
  });

  it("says once that an alert fires, and once that it is over", async () => {
    const alerts = await monitor([LOW_MRR]);
    for (const value of [12_450, 9_800, 9_700, 10_200, 10_600]) alerts.observe(revenue(value));
    assert.deepEqual(
      told.map(({ state, message, value, severity }) => ({ state, message, value, severity })),
      [
        { state: "firing", message: "MRR is $9,800, below $10,000.", value: 9_800, severity: "warning" },
        { state: "resolved", message: "MRR is $10,600 now.", value: 10_600, severity: "warning" },
      ],
    );
    assert.equal(told[0]?.id, told[1]?.id);
    assert.deepEqual(
      alerts.list().map(({ state }) => state),
      ["resolved"],
    );
  });

  it("keeps what fired until it is known again what the folder declares", async () => {
    const before = await monitor([LOW_MRR]);
    before.observe(revenue(9_800));
    before.dispose();
    await file.flushed();

    for (let start = 0; start < 2; start++) {
      const unknowing = await monitor(null);
      unknowing.observe(revenue(9_700));
      assert.deepEqual(
        unknowing.list().map(({ state }) => state),
        ["firing"],
      );
      unknowing.mute("another", null);
      unknowing.dispose();
      await file.flushed();
    }

    const after = await monitor([LOW_MRR]);
    after.observe(revenue(9_700));
    assert.deepEqual(
      told.map(({ state }) => state),
      ["firing"],
      "nothing was told anew, nor called over",
    );
    after.observe(revenue(11_000));
    assert.equal(told.at(-1)?.state, "resolved");
  });

  for (const name of ["toString", "constructor", "__proto__"]) {
    it(`tells of a metric called ${name} as of any other that is not there`, async () => {
      const alerts = await monitor([
        { ...LOW_MRR, metric: name },
        { ...LOW_MRR, metric: name, condition: { kind: "noDataFor", ms: MINUTE } },
      ]);
      alerts.observe(revenue(12_450));
      clock.advance(MINUTE);
      assert.deepEqual(
        told.map(({ metric, message, value }) => ({ metric, message, value })),
        [{ metric: name, message: `${name} has had no data for 1 min.`, value: null }],
      );
    });
  }

  it("does not tell anew after a restart what still holds, and tells what does not", async () => {
    const before = await monitor([LOW_MRR]);
    before.observe(revenue(9_800));
    const since = before.list()[0]?.since;
    before.dispose();
    await file.flushed();
    clock.advance(8 * 60 * MINUTE);

    const after = await monitor([LOW_MRR]);
    assert.equal(after.list()[0]?.since, since, "it is there before the first snapshot");
    after.observe(revenue(9_700));
    assert.equal(told.length, 1);
    after.observe(revenue(11_000));
    assert.deepEqual(
      told.map(({ state }) => state),
      ["firing", "resolved"],
    );
    assert.equal(told[1]?.since, since);
  });

  it("keeps what a message is made of over a restart, and what an earlier version kept without it", async () => {
    const before = await monitor([LOW_MRR]);
    before.observe(revenue(9_800));
    before.dispose();
    await file.flushed();
    const [kept] = (await monitor([LOW_MRR])).list();
    assert.deepEqual(kept?.parts, {
      condition: LOW_MRR.condition,
      label: "MRR",
      display: { format: "currency", unit: "USD" },
      error: null,
      over: false,
    });

    const saved = JSON.parse(readFileSync(folder.resolve("alerts.json"), "utf8"));
    for (const alert of saved.alerts) delete alert.parts;
    folder.write({ "alerts.json": JSON.stringify(saved) });
    file = new JsonFile(folder.resolve("alerts.json"));
    const [older] = (await monitor([LOW_MRR])).list();
    assert.deepEqual([older?.message, older?.parts], ["MRR is $9,800, below $10,000.", null]);
  });

  it("begins with nothing where what was kept is damaged", async () => {
    folder.write({ "alerts.json": '{"trackers":{"revenue:below:10000":{"phase":"fir' });
    const alerts = await monitor([LOW_MRR]);
    alerts.observe(revenue(9_800));
    assert.equal(told.length, 1);
  });

  it("watches the drive sync without being told to, and not twice where it is told to", async () => {
    const own: AlertDefinition = {
      ...LOW_MRR,
      metric: "driveSync",
      condition: { kind: "becomes", value: "ERROR" },
      severity: "info",
    };
    const alerts = await monitor([]);
    alerts.observe(seen({ driveSync: metric({ value: "ERROR", label: "Drive sync", format: "text" }) }));
    assert.deepEqual(
      told.map(({ message, severity }) => [message, severity]),
      [["Drive sync is ERROR.", "error"]],
    );
    alerts.define([own]);
    assert.deepEqual(
      alerts.list().map(({ state }) => state),
      ["firing"],
    );
  });

  it("tells of a source that gave data and has given none for 10 minutes, once for all its metrics", async () => {
    const broken = { available: false, stale: true, error: "bugs.json:3: a comma is missing here." };
    const alerts = await monitor([]);
    alerts.observe(seen({ open: metric({ label: "Open" }), closed: metric({ label: "Closed" }) }));
    alerts.observe(
      seen({ open: metric({ label: "Open", ...broken }), closed: metric({ label: "Closed", ...broken }) }),
    );
    clock.advance(10 * MINUTE - 1);
    assert.equal(told.length, 0);
    clock.advance(1);
    assert.deepEqual(
      told.map(({ message }) => message),
      ["Open has had no data for 10 min: bugs.json:3: a comma is missing here."],
    );
    alerts.observe(seen({ open: metric({ label: "Open" }), closed: metric({ label: "Closed" }) }));
    assert.deepEqual(
      told.map(({ state }) => state),
      ["firing", "resolved"],
    );
  });

  it("says nothing of a built-in file that the folder never had", async () => {
    const alerts = await monitor([]);
    alerts.observe(
      seen({ memos: metric({ value: null, available: false, error: "memo_index.json was not found." }) }),
    );
    clock.advance(60 * MINUTE);
    assert.equal(told.length, 0);
  });

  it("does not call a source well because another one fails for the same reason", async () => {
    const failed = (error: string) => ({ available: false, stale: true, error });
    const alerts = await monitor([]);
    alerts.observe(seen({ open: metric({ label: "Open" }), closed: metric({ label: "Closed" }) }));
    const first = metric({ label: "Closed", ...failed("bugs.json has no field closed.") });
    alerts.observe(seen({ open: metric({ label: "Open" }), closed: first }));
    clock.advance(10 * MINUTE);
    const gone = failed("bugs.json was not found.");
    alerts.observe(
      seen({ open: metric({ label: "Open", ...gone }), closed: metric({ label: "Closed", ...gone }) }),
    );
    clock.advance(10 * MINUTE);
    assert.deepEqual(
      told.map(({ metric, state }) => [metric, state]),
      [["closed", "firing"]],
    );
  });

  it("waits in peace while an alert rests", async () => {
    const alerts = await monitor([{ ...LOW_MRR, coolDownMs: 60 * MINUTE }]);
    alerts.observe(revenue(9_800));
    alerts.observe(revenue(11_000));
    let looks = 0;
    const { schedule } = clock;
    clock.schedule = (...given) => {
      looks++;
      return schedule.apply(clock, given);
    };
    clock.advance(61 * MINUTE);
    assert.ok(looks < 10, `${looks} looks`);
  });

  it("tells when more than 5 % of an hour's emissions failed", async () => {
    const alerts = await monitor([]);
    const count = (totalEmissions: number, failedEmissions: number) =>
      alerts.observeEmitter({
        interval: { minutes: 5 },
        nextEmissionAt: null,
        feed: [],
        history: null,
        metrics: {
          isActive: true,
          uptime: 1,
          totalEmissions,
          failedEmissions,
          connectedClients: 0,
          startTime: "2025-11-08T17:00:00.000Z",
          collectMs: { p50: null, p95: null },
          emitMs: { p50: null, p95: null },
        },
      });
    count(0, 0);
    count(95, 5);
    assert.equal(told.length, 0);
    count(95, 6);
    assert.match(told[0]?.message ?? "", /^The share of failed updates is 6.%, above 5.%\.$/);
    clock.advance(61 * MINUTE);
    count(195, 6);
    assert.deepEqual(
      told.map(({ state }) => state),
      ["firing", "resolved"],
    );
  });

  it("ends an alert that fusion.json no longer has", async () => {
    const alerts = await monitor([LOW_MRR]);
    alerts.observe(revenue(9_800));
    alerts.define([]);
    assert.deepEqual(
      told.map(({ state }) => state),
      ["firing", "resolved"],
    );
  });

  it("keeps a mute that comes before what was kept has been read", async () => {
    const before = await monitor([LOW_MRR]);
    before.observe(revenue(9_800));
    const id = before.list()[0]?.id ?? "";
    before.dispose();
    await file.flushed();

    const after = new AlertMonitor({
      clock,
      store: file,
      watchSources: true,
      onListenerError: assert.ifError,
    });
    after.mute(id, null);
    await after.ready;
    assert.equal(after.list()[0]?.muted, true);
    after.dispose();
    await file.flushed();
    assert.equal((await monitor([LOW_MRR])).list()[0]?.muted, true, "and after a restart");
  });

  it("keeps a mute over a restart, and ends a snooze by itself", async () => {
    const before = await monitor([LOW_MRR]);
    before.observe(revenue(9_800));
    const { id = "" } = before.list()[0] ?? {};
    before.mute(id, clock.now() + 60 * MINUTE);
    assert.equal(before.list()[0]?.muted, true);
    before.dispose();
    await file.flushed();

    const after = await monitor([LOW_MRR]);
    after.observe(revenue(9_700));
    const lists: boolean[] = [];
    after.onList(([first]) => lists.push(first?.muted ?? false));
    clock.advance(60 * MINUTE);
    assert.deepEqual(lists, [false]);
    after.mute(id, null);
    clock.advance(24 * 60 * MINUTE);
    assert.equal(after.list()[0]?.muted, true);
    after.unmute(id);
    assert.equal(after.list()[0]?.muted, false);
  });

  it("puts the most urgent first, and what is over last", async () => {
    const urgent: AlertDefinition = {
      ...LOW_MRR,
      condition: { kind: "below", threshold: 9_000, clearAbove: null },
      severity: "error",
    };
    const brief: AlertDefinition = {
      ...LOW_MRR,
      metric: "memos",
      condition: { kind: "above", threshold: 16, clearBelow: null },
    };
    const alerts = await monitor([brief, LOW_MRR, urgent]);
    alerts.observe(revenue(8_000));
    alerts.observe(
      seen({
        ...builtInMetrics(),
        revenue: metric({ value: 8_000, label: "MRR" }),
        memos: metric({ value: 3 }),
      }),
    );
    assert.deepEqual(
      alerts.list().map(({ severity, state, metric: id }) => `${severity} ${state} ${id}`),
      ["error firing revenue", "warning firing revenue", "warning resolved memos"],
    );
  });

  /** @param definitions `null` where nobody can tell what the folder declares */
  async function monitor(definitions: readonly AlertDefinition[] | null): Promise<AlertMonitor> {
    const alerts = new AlertMonitor({
      clock,
      store: file,
      watchSources: true,
      onListenerError: (error) => {
        throw error;
      },
    });
    if (definitions) alerts.define(definitions);
    alerts.onAlert((alert) => told.push(alert));
    await alerts.ready;
    return alerts;
  }

  function seen(metrics: Readonly<Record<string, Metric>>): Snapshot {
    return snapshot({ timestamp: new Date(clock.now()).toISOString(), metrics });
  }

  function revenue(value: number): Snapshot {
    return seen({ ...builtInMetrics(), revenue: { ...builtInMetrics().revenue, value } });
  }
});
