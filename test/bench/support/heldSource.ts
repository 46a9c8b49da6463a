import type { Collection } from "../../../src/core/collector.js";
import { EventSource } from "../../../src/core/event.js";
import type { StreamSource } from "../../../src/core/stream.js";
import type { Metric } from "../../../src/protocol/snapshot.js";

const TIMESTAMP = "2025-11-08T17:40:38.902Z";

/** A source without files: each collection gives the next revenue, by which a snapshot is told from the one before. */
export class HeldSource implements StreamSource {
  readonly watching = true;
  revenue = 10_000;
  private readonly changes = new EventSource<void>(() => undefined);
  private readonly others: Record<string, Metric> = {};

  /** @param bytes that a snapshot has at least, as JSON */
  constructor(bytes: number) {
    for (let id = 0; JSON.stringify(this.others).length < bytes; id++)
      this.others[`metric${id}`] = metric(id);
  }

  async collect(): Promise<Collection> {
    const revenue = ++this.revenue;
    const metrics = { revenue: metric(revenue), ...this.others };
    const snapshot = {
      timestamp: TIMESTAMP,
      memos: 17,
      revenue,
      driveSync: "OK" as const,
      driveSyncLastSync: TIMESTAMP,
      recommendations: 5,
      health: {
        memoIndexAvailable: true,
        revenueAvailable: true,
        recommendationsAvailable: true,
        driveSyncLogAvailable: true,
      },
      metrics,
      cards: Object.keys(metrics),
      insights: [],
    };
    return { snapshot, unread: [], changed: true, collectMs: 0, recheckInMs: null };
  }

  figures(): readonly [] {
    return [];
  }

  onChange(listener: () => void) {
    return this.changes.subscribe(listener);
  }

  dispose(): void {}
}

function metric(value: number): Metric {
  return {
    value,
    label: `Metric ${value}`,
    format: "number",
    unit: null,
    icon: "note",
    available: true,
    changedAt: TIMESTAMP,
    previous: null,
    stale: false,
    staleSince: null,
    error: null,
    source: { file: "data/metrics.json", line: 12 },
    origin: { kind: "file", file: "data/metrics.json", query: `metric${value}` },
    readAt: TIMESTAMP,
  };
}
