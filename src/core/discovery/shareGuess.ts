import { type DisplayGuess, PLAIN } from "./entry.js";
import { wordSet } from "./keyWords.js";
import { type NumberRange, reachOf } from "./numberRange.js";

export const PERCENT: DisplayGuess = { ...PLAIN, format: "percent" };

const PERCENTAGES = wordSet("percent percentage pct %");
const SHARES = wordSet("rate ratio share fraction progress completion coverage");
/** Those that are never of a hundred. */
const OF_ONE = wordSet("ratio fraction");
/** Before "rate" or "ratio" these say that it is no share. */
const NO_SHARES = wordSet(
  "exchange frame heart bit sample sampling refresh hourly aspect sharpe compression",
);

/**
 * How shares are shown, by the words of their key and by all numbers of their field: one of them alone would be a hundred
 * times what the next one is. `null` where they are none.
 */
export function shareDisplay(words: readonly string[], numbers: NumberRange): DisplayGuess | null {
  if (words.some((word) => PERCENTAGES.has(word))) return PERCENT;
  const last = words.at(-1) ?? "";
  if (!SHARES.has(last) || NO_SHARES.has(words.at(-2) ?? "")) return null;
  const reach = reachOf(numbers);
  if (reach > (OF_ONE.has(last) ? 1 : 100)) return null;
  // Of 1 alone, nobody can tell whether it is all or a hundredth.
  return OF_ONE.has(last) || (reach <= 1 && numbers.hasFractions) ? { ...PERCENT, scale: 100 } : PERCENT;
}
