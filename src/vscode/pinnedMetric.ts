import type { Metric, Snapshot } from "../protocol/snapshot.js";

/**
 * The metric that the status bar shows.
 * @param pinned its id
 * @param chosen whether somebody wants just that one; otherwise a folder that never had it shows its first card with a value
 * @returns `null` where there is no such metric
 */
export function pinnedMetric({ metrics, cards }: Snapshot, pinned: string, chosen: boolean): Metric | null {
  const find = (id: string) => (Object.hasOwn(metrics, id) ? (metrics[id] ?? null) : null);
  const metric = find(pinned);
  // A built-in metric is there in every folder; one whose file was deleted had a value before.
  if (chosen || (metric && (metric.source !== null || metric.previous !== null))) return metric;
  const withValue = cards.map(find).find((card) => card !== null && card.value !== null);
  return withValue ?? metric;
}
