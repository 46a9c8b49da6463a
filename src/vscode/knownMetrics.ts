import { ownEntry } from "../protocol/ownEntry.js";
import type { Metric, Snapshot } from "../protocol/snapshot.js";

/**
 * Ids of the metrics that there is something to say of: not a built-in one whose file was never there. A repository's
 * commits alone are nothing: the user came to see the numbers of files.
 */
export function knownMetrics({ metrics }: Snapshot): ReadonlySet<string> {
  const known = Object.entries(metrics)
    .filter(([, metric]) => isKnown(metric))
    .map(([id]) => id);
  return new Set(known.every((id) => id === "commits") ? [] : known);
}

/** The same with their metrics, those with cards first, in their order. */
export function knownInOrder(snapshot: Snapshot): readonly (readonly [id: string, metric: Metric])[] {
  const known = knownMetrics(snapshot);
  const carded = snapshot.cards.filter((id) => known.has(id));
  return [...new Set([...carded, ...known])].flatMap((id) => {
    const metric = ownEntry(snapshot.metrics, id);
    return metric === undefined ? [] : [[id, metric] as const];
  });
}

/** Those that somebody may choose from: all that there are where nothing is known yet. */
export function metricsToChoose(snapshot: Snapshot): readonly (readonly [id: string, metric: Metric])[] {
  const known = knownInOrder(snapshot);
  return known.length > 0 ? known : Object.entries(snapshot.metrics);
}

/** Whether there is anything to say of it. */
export function isKnown({ value, previous, source, origin }: Metric): boolean {
  if (value !== null || previous !== null || source !== null) return true;
  return origin !== null && origin.kind !== "builtIn";
}
