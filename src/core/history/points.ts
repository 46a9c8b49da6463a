import type { HistoryPoint } from "../../protocol/history.js";
import type { Gap } from "./span.js";

/** From here on, nobody observed. */
export function gapPoint({ after }: Gap): HistoryPoint {
  return [after + 1, null];
}

/** Points in the order of time, without a `null` that says nothing: at the beginning, or after another. */
export function weave(points: HistoryPoint[]): HistoryPoint[] {
  return points
    .sort(([a], [b]) => a - b)
    .filter(([, value], index, all) => value !== null || (all[index - 1]?.[1] ?? null) !== null);
}
