import { ownEntry } from "../../src/protocol/ownEntry.js";
import type { MetricValue, Snapshot } from "../../src/protocol/snapshot.js";

/** What the page remembers of a metric's last change, so that a restarted stream does not forget it. */
export interface Change {
  readonly from: MetricValue;
  readonly to: MetricValue;
}

/** What the user has seen of a folder's metrics; by metric id. */
export interface MetricMemory {
  readonly seen: Readonly<Record<string, MetricValue>>;
  readonly changes: Readonly<Record<string, Change>>;
}

export const NO_METRIC_MEMORY: MetricMemory = { seen: {}, changes: {} };

/** Ids whose value is not the one last seen. What was never seen is new, not changed; what is yet to be read is late. */
export function unseenChanges(memory: MetricMemory, snapshot: Snapshot): string[] {
  return Object.entries(snapshot.metrics)
    .filter(
      ([id, { value, readAt }]) =>
        readAt !== null && Object.hasOwn(memory.seen, id) && memory.seen[id] !== value,
    )
    .map(([id]) => id);
}

/** Takes in a snapshot; the values count as seen only while somebody can see them. */
export function remember(memory: MetricMemory, snapshot: Snapshot, visible: boolean): MetricMemory {
  const changes: Record<string, Change> = {};
  const seen: Record<string, MetricValue> = {};
  for (const [id, metric] of Object.entries(snapshot.metrics)) {
    const change = lastChange(memory, id, metric.previous, metric.value);
    if (change) changes[id] = change;
    const remembered = ownEntry(memory.seen, id);
    if (visible && metric.readAt !== null) seen[id] = metric.value;
    else if (remembered !== undefined) seen[id] = remembered;
  }
  return { seen, changes };
}

/** The stream's own account comes first; a stream that has just begun has none, and what was seen here stands in. */
function lastChange(
  memory: MetricMemory,
  id: string,
  previous: MetricValue,
  value: MetricValue,
): Change | undefined {
  if (value === null) return undefined;
  if (previous !== null) return { from: previous, to: value };
  const remembered = ownEntry(memory.changes, id);
  if (remembered?.to === value) return remembered;
  const seen = ownEntry(memory.seen, id);
  return seen === undefined || seen === null || seen === value ? undefined : { from: seen, to: value };
}
