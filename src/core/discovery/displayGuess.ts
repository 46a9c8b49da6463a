import { isCurrency } from "../config/metricDisplay.js";
import { parseTimestamp } from "../formats/isoTimestamp.js";
import type { Scalar } from "../formats/scalar.js";
import type { DisplayGuess } from "./entry.js";
import { keyWords, wordSet } from "./keyWords.js";
import { type NumberRange, rangeOf } from "./numberRange.js";
import { shareDisplay } from "./shareGuess.js";

export const PLAIN: DisplayGuess = { format: null, unit: null, scale: 1 };

const MONEY = wordSet(
  "revenue mrr arr price prices cost costs amount budget salary balance spend spending income profit turnover fee fees invoice invoices",
);
/** Behind a word for money these say that it is no amount of it, but how many there are or how they compare. */
const NO_AMOUNT = wordSet(
  "count counts number numbers no num id ids index rank level tier code year quantity qty growth margin margins rate rates ratio ratios share shares percent percentage pct factor score",
);
/** Those that say it without a word for money: they are no English word as well. */
const CURRENCIES = wordSet("usd eur gbp jpy pln chf cad aud inr sek nok dkk czk");
/** Codes of currencies that say behind a word for money which part of it is meant. */
const CODES_OF_PARTS = wordSet("all top");
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
 * @param currency what stands beside it as one, by its three letters; `null` where nothing does
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
  const share = shareDisplay(named, numbers ?? rangeOf(value));
  if (share !== null) return share;
  if (CURRENCIES.has(last)) return { ...PLAIN, format: "currency", unit: last.toUpperCase() };
  if (NO_AMOUNT.has(last) || !named.some((word) => MONEY.has(word))) return PLAIN;
  return amountIn(currencyNamed(last) ?? currency);
}

/** Whether the sum of a field's numbers says something. */
export function addsUp(key: string, numbers: NumberRange): boolean {
  return shareDisplay(keyWords(key), numbers) === null;
}

/** The currency that is the last word of an amount's key. */
function currencyNamed(word: string): string | null {
  const code = word.toUpperCase();
  return isCurrency(code) && !CODES_OF_PARTS.has(word) ? code : null;
}

/** What is no currency to Intl, such as BTC, still says what the amount is counted in. */
function amountIn(currency: string | null): DisplayGuess {
  const format = currency === null || isCurrency(currency) ? "currency" : null;
  return { ...PLAIN, format, unit: currency };
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
