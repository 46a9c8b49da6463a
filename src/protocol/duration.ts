/** How lengths of time are written, in the symbols that all languages share (ISO 80000-3): the same wherever there is one. */

/** From the largest on, in seconds. */
export const DURATION_UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** A span (ms) in its largest unit, rounded down: "12 s", "2 min", "3 h", "5 d". */
export function shortSpan(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const [symbol, length] = DURATION_UNITS.find(([, each]) => seconds >= each) ?? (["s", 1] as const);
  return `${Math.floor(seconds / length)} ${symbol}`;
}

/** A time that something took (ms), in two digits: "0.8 ms", "24 ms", "1.1 s". */
export function measuredTime(ms: number, locale?: string): string {
  const format = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
  // What rounds to a second is one.
  return ms < 995 ? `${format.format(ms)} ms` : `${format.format(ms / 1_000)} s`;
}
