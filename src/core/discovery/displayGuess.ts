import { parseTimestamp } from "../formats/isoTimestamp.js";
import type { Scalar } from "../formats/scalar.js";
import { amountDisplay } from "./amountGuess.js";
import { type DisplayGuess, PLAIN } from "./entry.js";
import { keyWords, wordSet } from "./keyWords.js";
import { type NumberRange, rangeOf } from "./numberRange.js";
import { shareDisplay } from "./shareGuess.js";

const MOMENTS = wordSet("at time timestamp date updated created modified");

/** Seconds of what a key's last word counts. */
const SECONDS = factors([
  [1, "seconds second secs sec duration uptime elapsed"],
  [60, "minutes mins"],
  [3_600, "hours hrs"],
  [86_400, "days"],
]);
const BYTES = factors([
  [1, "bytes byte"],
  [1024, "kb kib"],
  [1024 ** 2, "mb mib"],
  [1024 ** 3, "gb gib"],
]);
const MILLISECONDS = wordSet("ms millis milliseconds");

/** The years 2001 to 2096, in seconds. */
const FIRST_MOMENT = 1e9;
const LAST_MOMENT = 4e9;

/**
 * How to show a value, by the words of its key and by its size.
 * @param currency what stands near it as one, by its three letters; `null` where nothing does
 * @param numbers of its field; `null` where it stands alone
 */
export function guessDisplay(
  key: string,
  value: Scalar,
  currency: string | null = null,
  numbers: NumberRange | null = null,
): DisplayGuess {
  if (typeof value === "string") return parseTimestamp(value) === null ? PLAIN : { ...PLAIN, format: "date" };
  const named = keyWords(key);
  const last = named.at(-1) ?? "";
  const moment = MOMENTS.has(last) ? momentDisplay(value) : null;
  if (moment !== null) return moment;
  if (MILLISECONDS.has(last)) return { ...PLAIN, unit: "ms" };
  const seconds = SECONDS.get(last);
  if (seconds !== undefined) return { ...PLAIN, format: "duration", scale: seconds };
  const bytes = BYTES.get(last);
  if (bytes !== undefined) return { ...PLAIN, format: "bytes", scale: bytes };
  return shareDisplay(named, numbers ?? rangeOf(value)) ?? amountDisplay(named, currency) ?? PLAIN;
}

/** Whether the sum of a field's numbers says something. */
export function addsUp(key: string, numbers: NumberRange): boolean {
  return shareDisplay(keyWords(key), numbers) === null;
}

/** A number as a date, counted in seconds or milliseconds since 1970; `null` where it would be one of long ago. */
export function momentDisplay(value: number): DisplayGuess | null {
  if (within(value, FIRST_MOMENT, LAST_MOMENT)) return { ...PLAIN, format: "date", scale: 1000 };
  return within(value, FIRST_MOMENT * 1000, LAST_MOMENT * 1000) ? { ...PLAIN, format: "date" } : null;
}

function within(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

function factors(wordsByFactor: readonly (readonly [number, string])[]): ReadonlyMap<string, number> {
  return new Map(wordsByFactor.flatMap(([factor, text]) => [...wordSet(text)].map((word) => [word, factor])));
}
