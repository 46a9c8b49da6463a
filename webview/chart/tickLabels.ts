import { timeFormat } from "../../src/protocol/formats.js";

const DAY_MS = 86_400_000;

/**
 * Labels of a time axis in local time: midnight is written as its day, so that a change of the clocks moves no label.
 * @param splits epoch milliseconds
 * @param increment milliseconds between two of them
 */
export function tickLabels(splits: readonly number[], increment: number, locale: string): string[] {
  const time = timeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = timeFormat(locale, { month: "short", day: "numeric" });
  const month = timeFormat(locale, { month: "short", year: "numeric" });
  return splits.map((split) => {
    if (increment >= 28 * DAY_MS) return month.format(split);
    const date = new Date(split);
    const midnight = date.getHours() === 0 && date.getMinutes() === 0;
    return increment >= DAY_MS || midnight ? day.format(split) : time.format(split);
  });
}
