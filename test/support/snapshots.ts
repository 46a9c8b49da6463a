/** Snapshots, statuses and host states for the page's tests, each with what a test wants otherwise. */
import type { Alert } from "../../src/protocol/alerts.js";
import type { SourceFigures, StreamHealth } from "../../src/protocol/health.js";
import type { PanelState } from "../../src/protocol/panel.js";
import type { Insight, Metric, Snapshot } from "../../src/protocol/snapshot.js";
import type { FeedEntry, MetricChange, StreamStatus } from "../../src/protocol/status.js";

export function panelState(overrides: Partial<PanelState> = {}): PanelState {
  return {
    type: "state",
    folders: [{ uri: "file:///dashboard", name: "ahk-dashboard", hasData: true }],
    activeFolder: "file:///dashboard",
    known: null,
    workspaceTrusted: true,
    staleAfterMinutes: 10,
    locale: "en",
    expectedFiles: [
      "data/memo_index.json",
      "data/revenue_snapshot.json",
      "data/drive_sync.log",
      "data/ERIC_recommendations.json",
    ],
    configTrouble: null,
    historyVersion: 0,
    concealed: false,
    translations: {},
    ...overrides,
  };
}

export function metric(overrides: Partial<Metric> = {}): Metric {
  return {
    value: 17,
    label: "Memos",
    format: "number",
    unit: null,
    icon: "notebook",
    available: true,
    changedAt: ago(120),
    previous: null,
    stale: false,
    error: null,
    source: { file: "data/memo_index.json", line: null },
    origin: { kind: "builtIn", rule: "field", field: "totalMemos" },
    readAt: ago(12),
    ...overrides,
    staleSince: overrides.stale ? (overrides.staleSince ?? ago(300)) : null,
  };
}

const RECOMMENDED: readonly [Insight["priority"], string, string | null][] = [
  ["low", "Archive memos of closed projects", null],
  [
    "high",
    "Follow up the three stalled renewals before month end",
    "They are worth $2,100 a month together.",
  ],
  ["medium", "Merge duplicate memos in the Operations division", null],
  ["high", "Move the nightly Drive sync out of the backup window", "Both want the disk at 02:00."],
  ["low", "Rename the shared folder “Misc”", null],
];

export function insights(count = RECOMMENDED.length): Insight[] {
  return Array.from({ length: count }, (_, index) => {
    const [priority, title, description] = RECOMMENDED[index % RECOMMENDED.length] ?? [null, "", null];
    const source = { file: "data/ERIC_recommendations.json", line: 3 + index * 8 };
    return { id: `r${index}`, title, priority, description, source };
  });
}

export function builtInMetrics(): Record<"memos" | "revenue" | "driveSync" | "recommendations", Metric> {
  return {
    memos: metric({ previous: 16 }),
    revenue: metric({
      value: 12450,
      previous: 12000,
      label: "MRR",
      format: "currency",
      unit: "USD",
      icon: "credit-card",
      source: { file: "data/revenue_snapshot.json", line: 2 },
      origin: { kind: "builtIn", rule: "field", field: "mrr" },
    }),
    driveSync: metric({
      value: "OK",
      label: "Drive sync",
      format: "text",
      icon: "cloud",
      source: { file: "data/drive_sync.log", line: 212 },
      origin: { kind: "builtIn", rule: "newestStatus" },
    }),
    recommendations: metric({
      value: 5,
      label: "Recommendations",
      icon: "lightbulb",
      changedAt: ago(3 * 3600),
      source: { file: "data/ERIC_recommendations.json", line: 1 },
      origin: { kind: "builtIn", rule: "length" },
    }),
  };
}

export function snapshot(overrides: Partial<Snapshot> = {}): Snapshot {
  return {
    timestamp: ago(12),
    sequence: 42,
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
    metrics: builtInMetrics(),
    cards: Object.keys(overrides.metrics ?? builtInMetrics()),
    insights: insights(),
    ...overrides,
  };
}

/** A snapshot in which one metric has another value. */
export function changed(from: Snapshot, id: string, part: Partial<Metric>): Snapshot {
  const before = from.metrics[id];
  const after = { ...metric(), ...before, previous: before?.value ?? null, changedAt: ago(0), ...part };
  return {
    ...from,
    timestamp: ago(0),
    sequence: from.sequence + 1,
    metrics: { ...from.metrics, [id]: after },
  };
}

export function revenueChange(from: number, to: number): MetricChange {
  return { metric: "revenue", label: "MRR", format: "currency", unit: "USD", from, to };
}

export function feedEntry(seconds: number, overrides: Partial<FeedEntry> = {}): FeedEntry {
  return {
    sequence: 42,
    timestamp: ago(seconds),
    trigger: "interval",
    collectMs: 0.4,
    changes: [],
    ...overrides,
  };
}

export function status(overrides: Partial<StreamStatus> = {}): StreamStatus {
  return {
    interval: { minutes: 5 },
    nextEmissionAt: ago(-186),
    metrics: {
      isActive: true,
      uptime: 11520,
      totalEmissions: 42,
      failedEmissions: 0,
      connectedClients: 2,
      startTime: ago(11520),
      collectMs: { p50: 0.4, p95: 0.8 },
      emitMs: { p50: 0.2, p95: 0.3 },
    },
    feed: [
      feedEntry(12, {
        trigger: "file",
        changes: [
          revenueChange(12000, 12450),
          { metric: "memos", label: "Memos", format: "number", unit: null, from: 16, to: 17 },
        ],
      }),
      feedEntry(312, { sequence: 41 }),
      feedEntry(511, {
        sequence: 40,
        trigger: "refresh",
        changes: [
          { metric: "driveSync", label: "Drive sync", format: "text", unit: null, from: "ERROR", to: "OK" },
        ],
      }),
    ],
    history: "stored",
    ...overrides,
  };
}

export function alert(overrides: Partial<Alert> = {}): Alert {
  return {
    id: "revenue:below:10000",
    metric: "revenue",
    severity: "warning",
    state: "firing",
    message: "MRR is $9,800, below $10,000.",
    parts: null,
    value: 9_800,
    since: ago(310),
    resolvedAt: null,
    muted: false,
    ...overrides,
  };
}

export function sourceFigures(overrides: Partial<SourceFigures> = {}): SourceFigures {
  return {
    kind: "file",
    name: "data/revenue_snapshot.json",
    metrics: ["revenue"],
    state: "available",
    readAt: ago(120),
    changedAt: ago(120),
    size: 1_536,
    cost: { last: 0.8, p95: 2.4 },
    lastError: null,
    ...overrides,
  };
}

/** The health of a stream that has seen something. */
export function streamHealth(overrides: Partial<StreamHealth["metrics"]> = {}): StreamHealth {
  const long = `reports/${"very-long-name-of-a-folder/".repeat(4)}churn.csv`;
  const error = { time: ago(300), message: "data/drive_sync.log: the file may not be read." };
  return {
    status: "active",
    metrics: {
      ...status().metrics,
      interval: { minutes: 5 },
      failures: [{ time: ago(3_600), message: "no handles left" }],
      cpuPercent: 0.1,
      memory: { rss: 96 * 1024 * 1024, heapUsed: 21 * 1024 * 1024 },
      eventLoopDelayMs: { p50: 0.3, p95: 1.1 },
      ...overrides,
    },
    sources: [
      sourceFigures(),
      sourceFigures({ name: "data/drive_sync.log", state: "stale", lastError: error }),
      sourceFigures({ kind: "git", name: "git", size: null, metrics: ["commits"] }),
      sourceFigures({ name: long, state: "unavailable", changedAt: null, readAt: null, size: null }),
    ],
  };
}

/** That many seconds before now, as the stream writes it. */
export function ago(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString();
}
