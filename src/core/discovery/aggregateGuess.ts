import type { Aggregate } from "../../protocol/origin.js";
import { keyWords, wordSet } from "./keyWords.js";
import { momentNamed } from "./momentGuess.js";
import type { NumberRange } from "./numberRange.js";
import { OF_NUMBERS } from "./proposal.js";
import { shareDisplay } from "./shareGuess.js";

/** Also those that are written as one number, such as 20251103. */
const DATES = wordSet("date timestamp");

/** What says something that is made of a field's numbers, the likeliest first: no moments add up, nor do shares. */
export function aggregatesOf(key: string, numbers: NumberRange): readonly Aggregate[] {
  const words = keyWords(key);
  const isMoment = DATES.has(words.at(-1) ?? "") || momentNamed(words, numbers.most) !== null;
  const hasSum = !isMoment && shareDisplay(words, numbers) === null;
  return OF_NUMBERS.filter(
    (aggregate) => (aggregate !== "sum" || hasSum) && (aggregate !== "avg" || !isMoment),
  );
}
