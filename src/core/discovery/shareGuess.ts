import { type DisplayGuess, PLAIN } from "./entry.js";
import { wordSet } from "./keyWords.js";
import { type NumberRange, reachOf } from "./numberRange.js";

export const PERCENT: DisplayGuess = { ...PLAIN, format: "percent" };

const PERCENTAGES = wordSet("percent percentage pct %");
const SHARES = wordSet("rate ratio share fraction progress completion coverage");

/**
 * How shares are shown, by the words of their key and by all numbers of their field: one of them alone would be a hundred
 * times what the next one is. `null` where they are none.
 */
export function shareDisplay(words: readonly string[], numbers: NumberRange): DisplayGuess | null {
  if (words.some((word) => PERCENTAGES.has(word))) return PERCENT;
  if (!SHARES.has(words.at(-1) ?? "") || reachOf(numbers) > 100) return null;
  // Of 1 alone, nobody can tell whether it is all or a hundredth.
  return reachOf(numbers) <= 1 && numbers.hasFractions ? { ...PERCENT, scale: 100 } : PERCENT;
}
