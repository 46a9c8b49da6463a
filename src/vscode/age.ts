const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/**
 * How long ago something was, in whole minutes and coarser: "2 min. ago", "this minute".
 * @param since UTC, ISO 8601
 * @param now epoch milliseconds
 */
export function displayAge(since: string, now: number, locale: string): string {
  const seconds = Math.max(0, (now - Date.parse(since)) / 1000);
  const formatter = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  for (const [unit, length] of UNITS) {
    if (seconds >= length) return formatter.format(-Math.floor(seconds / length), unit);
  }
  return formatter.format(0, "minute");
}
