import { type DisplayGuess, PLAIN } from "./entry.js";
import { wordSet } from "./keyWords.js";

const MOMENTS = wordSet(
  "at time timestamp date updated created modified ts seen expires expiry exp iat mtime ctime atime started finished login on generated",
);
/** Also days that are written as one number, such as 20251103. */
const DATES = wordSet("date timestamp");
/** Behind a word for a moment they say what it is counted in, by the scale that makes a date of it. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ...["ms", "millis", "milliseconds"].map((unit) => [unit, 1] as const),
  ...["seconds", "second", "secs", "sec"].map((unit) => [unit, 1000] as const),
]);

/** The years 2001 to 2096, in seconds. */
const FIRST_MOMENT = 1e9;
const LAST_MOMENT = 4e9;

/** How a number is shown whose key, by its words, is that of a moment; `null` where it is none. */
export function momentNamed(words: readonly string[], value: number): DisplayGuess | null {
  const last = words.at(-1) ?? "";
  const moment = momentDisplay(value);
  if (MOMENTS.has(last)) return moment;
  return MOMENTS.has(words.at(-2) ?? "") && moment?.scale === UNITS.get(last) ? moment : null;
}

/** Whether a number is a moment, in whatever way it is written, by the words of its key. */
export function isMoment(words: readonly string[], value: number): boolean {
  return DATES.has(words.at(-1) ?? "") || momentNamed(words, value) !== null;
}

/** A number as a date, counted in seconds or milliseconds since 1970; `null` where it would be one of long ago. */
export function momentDisplay(value: number): DisplayGuess | null {
  if (within(value, FIRST_MOMENT, LAST_MOMENT)) return { ...PLAIN, format: "date", scale: 1000 };
  return within(value, FIRST_MOMENT * 1000, LAST_MOMENT * 1000) ? { ...PLAIN, format: "date" } : null;
}

function within(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
