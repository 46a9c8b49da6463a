import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Alert } from "../../../src/protocol/alerts.js";
import { FAILED_EMISSIONS } from "../../../src/protocol/alerts.js";
import type { SourceFigures, StreamHealth } from "../../../src/protocol/health.js";
import type { Commit } from "../../../src/protocol/history.js";
import type { Metric, Snapshot } from "../../../src/protocol/snapshot.js";
import type { FeedEntry, MetricChange, StreamStatus } from "../../../src/protocol/status.js";

/** Every name of a type; the compiler keeps the list whole. */
function names<Type>(fields: Record<Exclude<keyof Type, "concealed">, true>): string[] {
  return Object.keys(fields);
}

const DISPLAY = { format: true, unit: true, prefix: true, suffix: true, decimals: true } as const;

const HTTP = [
  ...names<Snapshot>({
    ...{ timestamp: true, sequence: true, memos: true, revenue: true, driveSync: true },
    ...{ driveSyncLastSync: true, recommendations: true, health: true, metrics: true, cards: true },
    insights: true,
  }),
  ...names<Metric>({
    ...DISPLAY,
    ...{ value: true, label: true, icon: true, available: true, changedAt: true, previous: true },
    ...{ stale: true, staleSince: true, error: true, source: true, origin: true, readAt: true },
  }),
  ...names<StreamHealth["metrics"]>({
    ...{ isActive: true, uptime: true, totalEmissions: true, failedEmissions: true, startTime: true },
    ...{ connectedClients: true, collectMs: true, emitMs: true, interval: true, failures: true },
    ...{ cpuPercent: true, memory: true, eventLoopDelayMs: true },
  }),
  ...names<SourceFigures>({
    ...{ kind: true, name: true, metrics: true, state: true, readAt: true, changedAt: true },
    ...{ size: true, cost: true, lastError: true },
  }),
  ...names<Alert>({
    ...{ id: true, metric: true, severity: true, state: true, message: true, parts: true, value: true },
    ...{ since: true, resolvedAt: true, muted: true, mutedUntil: true },
  }),
  FAILED_EMISSIONS,
];

const SOCKET_IO = [
  ...names<StreamStatus>({
    ...{ interval: true, nextEmissionAt: true, metrics: true, feed: true, history: true },
  }),
  ...names<FeedEntry>({
    ...{ sequence: true, timestamp: true, trigger: true, collectMs: true, changes: true },
  }),
  ...names<MetricChange>({ ...DISPLAY, metric: true, label: true, from: true, to: true }),
  ...names<Commit>({ time: true, hash: true, subject: true }),
];

for (const [page, fields] of [
  ["docs/http.md", HTTP],
  ["docs/socket-io.md", SOCKET_IO],
] as const) {
  describe(page, () => {
    it("names every field that a client gets", () => {
      const text = readFileSync(page, "utf8");
      const missing = fields.filter((field) => !new RegExp(`["\`]${field}["\`]`).test(text));
      assert.deepEqual(missing, []);
    });
  });
}
