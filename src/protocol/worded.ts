/** What the stream tells, in the reader's language: its own sentences and the built-in metrics' names. Texts of others stay. */
import type { Alert } from "./alerts.js";
import type { StreamHealth, Trouble } from "./health.js";
import type { Wording } from "./sentences.js";
import { BUILT_IN_METRICS, type Metric, type Snapshot } from "./snapshot.js";
import type { StreamStatus } from "./status.js";

/** Metrics that the stream names; one of the user's own may be called as one of these. */
const NAMED: ReadonlySet<string> = new Set([
  ...BUILT_IN_METRICS,
  "projectProgress",
  "chatActivity",
  "commits",
]);

/** What a recommendation without a title is called. */
const UNTITLED = /^Recommendation \d+$/;

export function wordedSnapshot(snapshot: Snapshot, say: Wording): Snapshot {
  const metrics = Object.entries(snapshot.metrics).map(([id, metric]) => [id, wordedMetric(id, metric, say)]);
  const insights = snapshot.insights.map((insight) =>
    UNTITLED.test(insight.title) ? { ...insight, title: say(insight.title) } : insight,
  );
  return { ...snapshot, metrics: Object.fromEntries(metrics), insights };
}

export function wordedAlert(alert: Alert, say: Wording): Alert {
  const { parts, metric } = alert;
  if (parts === null) return alert;
  const { label, error } = parts;
  return {
    ...alert,
    parts: { ...parts, label: wordedLabel(metric, label, say), error: error && say(error) },
  };
}

export function wordedStatus(status: StreamStatus, say: Wording): StreamStatus {
  const feed = status.feed.map((entry) => ({
    ...entry,
    changes: entry.changes.map((change) => ({
      ...change,
      label: wordedLabel(change.metric, change.label, say),
    })),
  }));
  return { ...status, feed };
}

export function wordedHealth(health: StreamHealth, say: Wording): StreamHealth {
  const worded = (trouble: Trouble) => ({ ...trouble, message: say(trouble.message) });
  const { metrics, sources } = health;
  return {
    ...health,
    metrics: { ...metrics, failures: metrics.failures.map(worded) },
    sources: sources.map((source) => ({
      ...source,
      lastError: source.lastError && worded(source.lastError),
    })),
  };
}

function wordedMetric(id: string, metric: Metric, say: Wording): Metric {
  const { label, error } = metric;
  return { ...metric, label: wordedLabel(id, label, say), error: error && say(error) };
}

function wordedLabel(id: string, label: string, say: Wording): string {
  return NAMED.has(id) ? say(label) : label;
}
