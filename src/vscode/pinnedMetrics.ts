import { ownEntry } from "../protocol/ownEntry.js";
import type { Metric, Snapshot } from "../protocol/snapshot.js";
import { isKnown } from "./knownMetrics.js";

/** The status bar has room for so many. */
export const MOST_PINNED = 2;

/** The ids that the setting names. A metric's id may have a comma: then it is that one. */
export function pinnedIds({ metrics }: Pick<Snapshot, "metrics">, pinned: string): readonly string[] {
  if (Object.hasOwn(metrics, pinned)) return [pinned];
  const ids = pinned.split(",").map((id) => id.trim());
  return [...new Set(ids)].slice(0, MOST_PINNED);
}

/**
 * The metrics that the status bar shows.
 * @param pinned an id, or two with a comma between them
 * @param chosen whether somebody wants just those; otherwise a folder that never had them shows its first card with a value
 * @returns those of them that there are
 */
export function pinnedMetrics(snapshot: Snapshot, pinned: string, chosen: boolean): readonly Metric[] {
  const { metrics, cards } = snapshot;
  const find = (id: string) => ownEntry(metrics, id);
  const found = pinnedIds(snapshot, pinned).flatMap((id) => find(id) ?? []);
  // A built-in metric is there in every folder.
  if (chosen || found.some(isKnown)) return found;
  const withValue = cards.map(find).find((card) => card !== undefined && card.value !== null);
  return withValue ? [withValue] : found;
}
