import { EventSource } from "../../src/core/event.js";
import type { SourceFigures, StreamHealth, Trouble } from "../../src/protocol/health.js";
import type { HistoryState } from "../../src/protocol/history.js";
import { isInterval } from "../../src/protocol/interval.js";
import type { Metric, Snapshot } from "../../src/protocol/snapshot.js";
import type { FeedEntry, StreamStatus } from "../../src/protocol/status.js";
import type { StreamPort } from "../../src/server/streamPort.js";

const SAMPLE: Snapshot = {
  timestamp: "2025-11-08T17:40:38.902Z",
  sequence: 1,
  memos: 17,
  revenue: 12_450,
  driveSync: "OK",
  driveSyncLastSync: "2025-11-08T20:00:00",
  recommendations: 5,
  health: {
    memoIndexAvailable: true,
    revenueAvailable: true,
    recommendationsAvailable: true,
    driveSyncLogAvailable: true,
  },
  metrics: {
    memos: metric("Memos", 17),
    revenue: metric("MRR", 12_450),
    driveSync: metric("Drive sync", "OK"),
    recommendations: metric("Recommendations", 5),
  },
  cards: ["memos", "revenue", "driveSync", "recommendations"],
  insights: [
    {
      id: "1",
      title: "Hire",
      priority: "high",
      description: null,
      source: { file: "data/ERIC_recommendations.json", line: 3 },
    },
  ],
};

function metric(label: string, value: Metric["value"]): Metric {
  return {
    value,
    label,
    format: typeof value === "string" ? "text" : "number",
    unit: null,
    icon: null,
    available: true,
    changedAt: "2025-11-08T17:40:38.902Z",
    previous: null,
    stale: false,
    staleSince: null,
    error: null,
    source: null,
    origin: null,
    readAt: "2025-11-08T17:40:38.900Z",
  };
}

/** A stream without files: it emits what a test tells it to. */
export class MemoryStream implements StreamPort {
  latest: Snapshot | null = SAMPLE;
  /** What a refresh does; a test may make it fail or hang. */
  collect: () => Promise<Snapshot> = async () => this.emit();
  refreshes = 0;
  connectedClients = 0;
  feed: FeedEntry[] = [];
  isActive = true;
  failures: Trouble[] = [];
  sources: SourceFigures[] = [];
  readonly unread: readonly string[] = [];
  history: HistoryState | null = null;
  private minutes = 5;
  private readonly fail = (error: unknown) => {
    throw error;
  };
  private readonly snapshots = new EventSource<Snapshot>(this.fail);
  private readonly statuses = new EventSource<StreamStatus>(this.fail);

  /** Emits the next snapshot, with changes to the one before. */
  emit(changes: Partial<Snapshot> = {}): Snapshot {
    const before = this.latest ?? { ...SAMPLE, sequence: 0 };
    const snapshot = { ...before, ...changes, sequence: before.sequence + 1 };
    this.latest = snapshot;
    this.snapshots.fire(snapshot);
    return snapshot;
  }

  status(): StreamStatus {
    return {
      interval: { minutes: this.minutes },
      nextEmissionAt: "2025-11-08T17:45:38.902Z",
      metrics: {
        isActive: this.isActive,
        uptime: 39,
        totalEmissions: 1,
        failedEmissions: 0,
        connectedClients: this.connectedClients,
        startTime: "2025-11-08T17:40:11.793Z",
        collectMs: { p50: 0.4, p95: 1.2 },
        emitMs: { p50: 0.2, p95: 0.3 },
      },
      feed: this.feed,
      history: this.history,
    };
  }

  health(): StreamHealth {
    const { metrics, interval } = this.status();
    return {
      status: metrics.isActive ? "active" : "inactive",
      metrics: {
        ...metrics,
        interval,
        failures: this.failures,
        cpuPercent: 0.5,
        memory: { rss: 64_000_000, heapUsed: 21_000_000 },
        eventLoopDelayMs: { p50: 0.1, p95: null },
      },
      sources: this.sources,
    };
  }

  async sourceFigures(): Promise<readonly SourceFigures[]> {
    return this.sources;
  }

  refresh(): Promise<Snapshot> {
    this.refreshes += 1;
    return this.collect();
  }

  setInterval(minutes: number): void {
    if (!isInterval(minutes)) throw new RangeError(`${minutes}`);
    this.minutes = minutes;
    this.statuses.fire(this.status());
  }

  setHistoryState(state: HistoryState | null): void {
    this.history = state;
    this.statuses.fire(this.status());
  }

  setConnectedClients(count: number): void {
    this.connectedClients = count;
    this.statuses.fire(this.status());
  }

  onSnapshot(listener: (snapshot: Snapshot) => void) {
    return this.snapshots.subscribe(listener);
  }

  onStatus(listener: (status: StreamStatus) => void) {
    return this.statuses.subscribe(listener);
  }
}
