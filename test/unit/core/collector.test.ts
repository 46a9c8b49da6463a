import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import type { FolderSource } from "../../../src/core/folderSource.js";
import { collected } from "../../support/collection.js";
import { folderSource } from "../../support/folderStream.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";

describe("collector", () => {
  let folder: TemporaryFolder;
  let sources: FolderSource[];

  beforeEach(() => {
    folder = new TemporaryFolder();
    sources = [];
  });
  afterEach(() => {
    for (const source of sources) source.dispose();
    folder.dispose();
  });

  const opened = (root: string) => {
    const source = folderSource(root);
    sources.push(source);
    return source;
  };

  const collectFrom = (root: string) => collected(opened(root));

  it("reads the sample, from its folder and from the one above", async () => {
    cpSync("data", folder.resolve("data"), { recursive: true });
    for (const root of [folder.path, folder.resolve("data")]) {
      const { snapshot } = await collectFrom(root);
      const { timestamp, metrics, cards, insights, ...report } = snapshot;
      assert.match(timestamp, /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
      assert.deepEqual(report, {
        memos: 17,
        revenue: 12450,
        driveSync: "OK",
        driveSyncLastSync: "2025-11-08T20:00:00",
        recommendations: 5,
        health: {
          memoIndexAvailable: true,
          revenueAvailable: true,
          recommendationsAvailable: true,
          driveSyncLogAvailable: true,
        },
      });
      assert.deepEqual(Object.keys(metrics).sort(), ["driveSync", "memos", "recommendations", "revenue"]);
      assert.deepEqual(cards, ["memos", "revenue", "driveSync", "recommendations"]);
      assert.equal(metrics.revenue?.unit, "USD");
      assert.equal(insights.length, 5);
    }
  });

  it("looks for the log where the report kept it", async () => {
    for (const place of ["Emma_KnowledgeBase/Logs", "server/Emma_KnowledgeBase/Logs"]) {
      const each = new TemporaryFolder();
      each.write({ [`${place}/drive_sync.log`]: "2025-11-08T20:00:00 FAILED\n" });
      assert.equal((await collectFrom(each.path)).snapshot.driveSync, "ERROR");
      each.dispose();
    }
  });

  it("has null for what cannot be had, and lets no source take down another", async () => {
    folder.write({ "data/revenue_snapshot.json": '{"mrr": 5}', "data/memo_index.json": "{" });
    mkdirSync(folder.resolve("data/ERIC_recommendations.json"));
    execFileSync("mkfifo", [folder.resolve("data/drive_sync.log")]);
    const { snapshot } = await collectFrom(folder.path);
    assert.deepEqual(
      [snapshot.memos, snapshot.revenue, snapshot.driveSync, snapshot.recommendations],
      [null, 5, null, null],
    );
    assert.deepEqual(Object.values(snapshot.health), [false, true, false, false]);
    for (const id of ["memos", "driveSync", "recommendations"]) {
      const metric = snapshot.metrics[id];
      assert.equal(metric?.available, false);
      assert.match(metric?.error ?? "", /^data\//, id);
    }
  });

  it("tells when each value changed, and from what", async () => {
    const collector = opened(folder.path);
    folder.write({ "memo_index.json": "[1]", "revenue_snapshot.json": '{"mrr": 1}' });
    const first = (await collected(collector)).snapshot.metrics;
    folder.write({ "memo_index.json": "[1, 2]" });
    const second = (await collected(collector)).snapshot;
    assert.deepEqual([second.metrics.memos?.previous, second.metrics.revenue?.previous], [1, null]);
    assert.equal(second.metrics.memos?.changedAt, second.timestamp);
    assert.equal(second.metrics.revenue?.changedAt, first.revenue?.changedAt);
  });

  it("tells since when a value is stale, anew each time", async () => {
    const collector = opened(folder.path);
    folder.write({ "memo_index.json": "[1]", "revenue_snapshot.json": '{"mrr": 1}' });
    assert.equal((await collected(collector)).snapshot.metrics.memos?.staleSince, null);
    folder.write({ "memo_index.json": "[1" });
    const { timestamp, metrics } = (await collected(collector)).snapshot;
    assert.deepEqual([metrics.memos?.staleSince, metrics.revenue?.staleSince], [timestamp, null]);
    folder.write({ "memo_index.json": "[1,", "revenue_snapshot.json": '{"mrr": 2}' });
    const later = (await collected(collector)).snapshot;
    assert.notEqual(later.timestamp, timestamp);
    assert.deepEqual([later.metrics.memos?.staleSince, later.metrics.memos?.value], [timestamp, 1]);
    folder.write({ "memo_index.json": "[1, 2]" });
    assert.equal((await collected(collector)).snapshot.metrics.memos?.staleSince, null);
    folder.write({ "memo_index.json": "[" });
    const again = (await collected(collector)).snapshot;
    assert.equal(again.metrics.memos?.staleSince, again.timestamp);
  });

  it("tells the change of a built-in metric that fusion.json replaced by the user's alone", async () => {
    folder.write({
      "revenue_snapshot.json": '{"mrr": 1}',
      "money.json": '{"mrr": 99}',
      "fusion.json": '{"metrics": {"revenue": {"file": "money.json", "query": "mrr"}}}',
    });
    const collector = opened(folder.path);
    await collected(collector);
    folder.write({ "memo_index.json": "[1]" });
    const { revenue } = (await collected(collector)).snapshot.metrics;
    assert.deepEqual([revenue?.value, revenue?.previous], [99, null]);
  });

  it("says whether anything changed since it last looked", async () => {
    const collector = opened(folder.path);
    folder.write({ "memo_index.json": "[1]" });
    assert.equal((await collected(collector)).changed, true);
    assert.equal((await collected(collector)).changed, false);
    folder.write({ "memo_index.json": "[ 1]" });
    assert.equal((await collected(collector)).changed, true);
  });

  it("goes on when the folder itself is gone", async () => {
    const collector = opened(folder.path);
    folder.write({ "memo_index.json": "[1]" });
    await collected(collector);
    folder.dispose();
    assert.equal((await collected(collector)).snapshot.memos, null);
  });
});
