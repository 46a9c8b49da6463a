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

function isKnown({ value, previous, source, origin }: Metric): boolean {
  if (value !== null || previous !== null || source !== null) return true;
  return origin !== null && origin.kind !== "builtIn";
}
