import type { IntervalCost } from "./intervalCosts.js";

/**
 * CPU seconds an hour at an interval (minutes): as measured, or on the line between the measured ones on either side, as
 * the cost grows with the number of emissions.
 * @param costs measured, one at least, the shortest interval first; none is longer or shorter than these
 */
export function cpuSecondsAt(minutes: number, costs: readonly IntervalCost[]): number {
  const upper = costs.find((cost) => cost.minutes >= minutes) ?? costs.at(-1);
  const lower = costs.findLast((cost) => cost.minutes <= minutes) ?? upper;
  if (!upper || !lower) return Number.NaN;
  if (upper.minutes === lower.minutes) return upper.cpuSeconds;
  const share = (60 / minutes - upper.emissions) / (lower.emissions - upper.emissions);
  return upper.cpuSeconds + share * (lower.cpuSeconds - upper.cpuSeconds);
}
