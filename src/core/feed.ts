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
  return Object.entries(next.metrics).flatMap(([metric, { value, label, ...shown }]) => {
    const before = Object.hasOwn(previous.metrics, metric) ? previous.metrics[metric] : undefined;
    const from = before?.value ?? null;
    return from === value ? [] : [{ metric, label, ...valueDisplay(shown), from, to: value }];
  });
}
