import { parseTimestamp } from "../../protocol/isoTimestamp.js";
import type { Scalar } from "../formats/scalar.js";
import { amountDisplay } from "./amountGuess.js";
import { type DisplayGuess, PLAIN } from "./entry.js";
import { keyWords, wordSet } from "./keyWords.js";
import { momentNamed } from "./momentGuess.js";
import { type NumberRange, rangeOf } from "./numberRange.js";
import { shareDisplay } from "./shareGuess.js";

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
  const moment = momentNamed(named, value);
  if (moment !== null) return moment;
  // What is counted per second is no time, but it may be an amount.
  if (named.at(-2) === "per") return amountDisplay(named.slice(0, -2), currency) ?? PLAIN;
  return (
    measureDisplay(named.at(-1) ?? "") ??
    shareDisplay(named, numbers ?? rangeOf(value)) ??
    amountDisplay(named, currency) ??
    PLAIN
  );
}

function measureDisplay(unit: string): DisplayGuess | null {
  if (MILLISECONDS.has(unit)) return { ...PLAIN, unit: "ms" };
  const seconds = SECONDS.get(unit);
  if (seconds !== undefined) return { ...PLAIN, format: "duration", scale: seconds };
  const bytes = BYTES.get(unit);
  return bytes === undefined ? null : { ...PLAIN, format: "bytes", scale: bytes };
}

function factors(wordsByFactor: readonly (readonly [number, string])[]): ReadonlyMap<string, number> {
  return new Map(wordsByFactor.flatMap(([factor, text]) => [...wordSet(text)].map((word) => [word, factor])));
}
