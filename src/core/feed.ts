import { ownEntry } from "../protocol/ownEntry.js";
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
    trigger: trigger === "file" && isFirstReading(previous, next) ? "firstReading" : trigger,
    collectMs,
    changes: previous === null ? [] : changesBetween(previous, next),
  };
}

/** Whether all that is other than before had not been looked at by then: late at the start, or just defined. */
function isFirstReading(previous: Snapshot | null, next: Snapshot): boolean {
  if (previous === null) return false;
  const others = Object.entries(next.metrics).flatMap(([id, after]) => {
    const before = ownEntry(previous.metrics, id);
    const same =
      before?.value === after.value && before.available === after.available && before.error === after.error;
    return same ? [] : [before?.readAt ?? null];
  });
  return others.length > 0 && others.every((readAt) => readAt === null);
}

function changesBetween(previous: Snapshot, next: Snapshot): MetricChange[] {
  const changes: MetricChange[] = [];
  for (const [metric, after] of Object.entries(next.metrics)) {
    const from = ownEntry(previous.metrics, metric)?.value ?? null;
    const { value, label } = after;
    if (from !== value) changes.push({ metric, label, ...valueDisplay(after), from, to: value });
  }
  return changes;
}
