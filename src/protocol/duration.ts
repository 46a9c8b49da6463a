/**
 * How lengths of time are written: in the symbols that languages of Latin letters share (ISO 80000-3), and by the own short
 * words of the texts' language where its letters are others.
 */
import { numberFormat } from "./formats.js";
import { textLanguage } from "./textLanguage.js";

/** From the largest on, in seconds. */
export const DURATION_UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

export type DurationSymbol = (typeof DURATION_UNITS)[number][0];

const NAMES: Readonly<Record<DurationSymbol, string>> = { d: "day", h: "hour", min: "minute", s: "second" };

/** So many of a unit: "5 min". */
export function inUnit(
  value: number,
  symbol: DurationSymbol,
  locale?: string,
  digits: Intl.NumberFormatOptions = {},
): string {
  const words = { style: "unit", unit: NAMES[symbol], unitDisplay: "short" } as const;
  const worded = numberFormat(textLanguage(locale ?? "en"), { ...digits, ...words }).format(value);
  if (/\p{Script=Latin}/u.test(worded)) return `${numberFormat(locale, digits).format(value)} ${symbol}`;
  // The mark that keeps a minus before its number would turn the words behind it as well, were it the first.
  return worded.replace(/^\u200e/, "\u200f$&");
}

/** A span (ms) in its largest unit, rounded down: "12 s", "2 min", "3 h", "5 d". */
export function shortSpan(ms: number, locale?: string): string {
  const seconds = Math.floor(ms / 1_000);
  const [symbol, length] = DURATION_UNITS.find(([, each]) => seconds >= each) ?? (["s", 1] as const);
  return inUnit(Math.floor(seconds / length), symbol, locale, { useGrouping: false });
}

/** A time that something took (ms), in two digits: "0.8 ms", "24 ms", "1.1 s". */
export function measuredTime(ms: number, locale?: string): string {
  const digits = { maximumSignificantDigits: 2 };
  // What rounds to a second is one.
  return ms < 995 ? `${numberFormat(locale, digits).format(ms)} ms` : inUnit(ms / 1_000, "s", locale, digits);
}
