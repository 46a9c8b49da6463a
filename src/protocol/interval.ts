/** The update interval, in minutes. */
export const MIN_INTERVAL_MINUTES = 3;
export const MAX_INTERVAL_MINUTES = 10;
export const DEFAULT_INTERVAL_MINUTES = 5;

/** Whether a value is an interval the stream accepts: a number from 3 to 10, whole or not. */
export function isInterval(minutes: unknown): minutes is number {
  return typeof minutes === "number" && minutes >= MIN_INTERVAL_MINUTES && minutes <= MAX_INTERVAL_MINUTES;
}
