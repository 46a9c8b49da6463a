import { type EmissionTrigger, type Snapshot, valueDisplay } from "../protocol/snapshot.js";
import type { FeedEntry, MetricChange } from "../protocol/status.js";

/**
 * The feed's line for an emission.
 * @param previous the snapshot emitted before it; `null` where there is none to compare with
 */
export function feedEntry(
  previous: Snapshot | null,
  next: Snapshot,
  trigger: EmissionTrigger,
  collectMs: number,
): FeedEntry {
  return {
    sequence: next.sequence,
    timestamp: next.timestamp,
    trigger,
    collectMs,
    changes: previous === null ? [] : changesBetween(previous, next),
  };
}

function changesBetween(previous: Snapshot, next: Snapshot): MetricChange[] {
  const changes: MetricChange[] = [];
  for (const [metric, after] of Object.entries(next.metrics)) {
    const before = Object.hasOwn(previous.metrics, metric) ? previous.metrics[metric] : undefined;
    const from = before?.value ?? null;
    const { value, label } = after;
    if (from !== value) changes.push({ metric, label, ...valueDisplay(after), from, to: value });
  }
  return changes;
}
