import { timeFormat } from "../../src/protocol/formats.js";

const DAY_MS = 86_400_000;
const MONTH_MS = 28 * DAY_MS;

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
    if (increment >= MONTH_MS) return month.format(split);
    const date = new Date(split);
    const midnight = date.getHours() === 0 && date.getMinutes() === 0;
    return increment >= DAY_MS || midnight ? day.format(split) : time.format(split);
  });
}

/**
 * Labels that are about as long as the longest on an axis: of its months.
 * @param from epoch milliseconds, as `to`
 * @param least milliseconds between two of its times at least
 */
export function longestLabels(from: number, to: number, least: number, locale: string): string[] {
  // Of half a month and more the next step is a whole one.
  const increment = least > 15 * DAY_MS ? MONTH_MS : DAY_MS;
  const count = Math.min(12, Math.ceil((to - from) / MONTH_MS));
  const begin = new Date(from);
  // The 28th: two digits of a day.
  const days = Array.from({ length: count + 1 }, (_, index) => {
    return new Date(begin.getFullYear(), begin.getMonth() + index, 28).getTime();
  });
  return tickLabels(days, increment, locale);
}
