import type { Aggregate } from "../../protocol/origin.js";
import { keyWords } from "./keyWords.js";
import { isMoment } from "./momentGuess.js";
import type { NumberRange } from "./numberRange.js";
import { OF_NUMBERS } from "./proposal.js";
import { shareDisplay } from "./shareGuess.js";

/** What says something that is made of a field's numbers, the likeliest first: no moments add up, nor do shares. */
export function aggregatesOf(key: string, numbers: NumberRange): readonly Aggregate[] {
  const words = keyWords(key);
  const areMoments = isMoment(words, numbers.most);
  const hasSum = !areMoments && shareDisplay(words, numbers) === null;
  return OF_NUMBERS.filter(
    (aggregate) => (aggregate !== "sum" || hasSum) && (aggregate !== "avg" || !areMoments),
  );
}
