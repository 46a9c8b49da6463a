import { isUnit } from "./numberUnit.js";

/** Words between a number and its name: "built in 1.2s", "depth is 17". */
const LINKS = new Set("in is are was at of to for by".split(" "));

/** Those behind digits are parts of a moment or units. */
const WORD = /(?<![\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*/gu;

/** The last word of a text, with where it begins, that fulfils a condition. */
export function lastWord(
  text: string,
  fulfils: (word: string, index: number) => boolean = () => true,
): { readonly word: string; readonly index: number } | null {
  const found = [...text.matchAll(WORD)].findLast(({ index, 0: word }) => fulfils(word, index));
  return found === undefined ? null : { word: found[0], index: found.index };
}

/** The last word before a number that may name it; "" where there is none. */
export function nameBefore(before: string): string {
  // A series of Prometheus is named before its labels.
  const text = before.replace(/\{[^{}]*\}/g, "");
  const named = lastWord(text, (word, index) => {
    if (LINKS.has(word.toLowerCase())) return false;
    const isCounted = /(?<![\w:.-])[\d.]+\s$/.test(text.slice(0, index));
    // Other than "in 5 took 12", "2 skipped in 12s" says of 2 what it counts.
    return !(isCounted && (isUnit(word) || /\p{L}/u.test(text.slice(index + word.length))));
  });
  return named?.word ?? "";
}

/** The first word behind a number that may name it; "" where there is none. */
export function nameBehind(rest: string): string {
  const words = rest.match(/\p{L}+/gu) ?? [];
  return words.find((word) => !LINKS.has(word.toLowerCase()) && !isUnit(word)) ?? "";
}

/** The word that a number counts, behind a single blank; "" where there is none. */
export function countedWord(rest: string): string {
  const word = /^ (\p{L}+)(?![\p{L}\p{N}_])/u.exec(rest)?.[1] ?? "";
  return LINKS.has(word.toLowerCase()) ? "" : word;
}

/** An expression for a counted word, be there one or several: "1 error", "2 errors". */
export function oneOrMore(word: string, isOne: boolean): string {
  if (/ies$/i.test(word)) return `${word.slice(0, -3)}(?:y|ies)`;
  if (/..(?<!s)s$/i.test(word)) return `${word}?`;
  if (!isOne || word.length < 3 || /(?:ed|ing)$/i.test(word)) return word;
  return /[^aeiou]y$/i.test(word) ? `${word.slice(0, -1)}(?:y|ies)` : `${word}s?`;
}
