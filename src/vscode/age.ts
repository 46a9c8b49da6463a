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
  return displayDistance(Math.max(0, now - Date.parse(since)), -1, locale);
}

/**
 * How long it takes until a time, in whole minutes and coarser: "in 29 days", "this minute".
 * @param time epoch milliseconds, as `now` is
 */
export function displayWait(time: number, now: number, locale: string): string {
  // What was set a moment ago to last an hour is still read as an hour.
  const minutes = Math.round(Math.max(0, time - now) / 60_000);
  return displayDistance(minutes * 60_000, 1, locale);
}

function displayDistance(ms: number, sign: 1 | -1, locale: string): string {
  const seconds = ms / 1000;
  const formatter = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  for (const [unit, length] of UNITS) {
    if (seconds >= length) return formatter.format(sign * Math.floor(seconds / length), unit);
  }
  return formatter.format(0, "minute");
}
