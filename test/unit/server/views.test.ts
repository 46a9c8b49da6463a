import assert from "node:assert/strict";
import { filterKey, snapshotView, statusView, streamBody } from "../../../src/server/views.js";
import { MemoryStream } from "../../support/memoryStream.js";

describe("Views", () => {
  const stream = new MemoryStream();
  const snapshot = stream.emit();

  it("show the snapshot itself where there is no filter", () => {
    assert.equal(snapshotView(snapshot, null), snapshot);
  });

  it("leave out all that belongs to other metrics", () => {
    const { timestamp, sequence, metrics, health, insights } = snapshot;
    assert.deepEqual(snapshotView(snapshot, ["revenue"]), {
      timestamp,
      sequence,
      revenue: 12_450,
      health: { revenueAvailable: true },
      metrics: { revenue: metrics.revenue },
      cards: ["revenue"],
    });
    assert.deepEqual(snapshotView(snapshot, ["driveSync", "recommendations", "nonsense"]), {
      timestamp,
      sequence,
      driveSync: "OK",
      driveSyncLastSync: "2025-11-08T20:00:00",
      recommendations: 5,
      insights,
      health: { driveSyncLogAvailable: true, recommendationsAvailable: health.recommendationsAvailable },
      metrics: { driveSync: metrics.driveSync, recommendations: metrics.recommendations },
      cards: ["driveSync", "recommendations"],
    });
    assert.deepEqual(snapshotView(snapshot, []), { timestamp, sequence, health: {}, metrics: {}, cards: [] });
  });

  it("treat a metric called __proto__ or toString like any other", () => {
    const { revenue } = snapshot.metrics;
    assert.ok(revenue);
    const metrics = Object.fromEntries([
      ["__proto__", revenue],
      ["toString", revenue],
      ["other", revenue],
    ]);
    const view = snapshotView(stream.emit({ metrics }), ["__proto__", "toString", "constructor"]);
    assert.deepEqual(Object.keys(view.metrics), ["__proto__", "toString"]);
  });

  it("are made once per snapshot and set of metrics", () => {
    assert.equal(
      snapshotView(snapshot, ["memos", "revenue"]),
      snapshotView(snapshot, ["revenue", "memos", "memos"]),
    );
    assert.equal(streamBody(snapshot, ["memos"]), streamBody(snapshot, ["memos"]));
    assert.notEqual(streamBody(stream.emit(), ["memos"]), streamBody(snapshot, ["memos"]));
    assert.notEqual(filterKey(["a,b"]), filterKey(["a", "b"]));
    assert.notEqual(filterKey(["*"]), filterKey(null));
  });

  it("show of the feed only the changes of their metrics", () => {
    const change = (metric: string) =>
      ({ metric, label: metric, format: "number", unit: null, from: 1, to: 2 }) as const;
    stream.feed = [
      {
        sequence: 2,
        timestamp: "",
        trigger: "file",
        collectMs: 1,
        changes: [change("memos"), change("revenue")],
      },
    ];
    const { feed } = statusView(stream.status(), ["revenue"]);
    assert.deepEqual(feed[0]?.changes, [change("revenue")]);
    assert.equal(statusView(stream.status(), null).feed[0]?.changes.length, 2);
  });
});
