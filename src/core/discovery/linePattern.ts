/** Regular expressions that are derived from a piece of a line: they take time in proportion to a line's length. */
import { generalised, literal } from "./variableParts.js";

/** Longer expressions are refused by fusion.json. In UTF-16 code units. */
export const MAX_EXPRESSION = 1_000;

/** Whether lines are alike whose times, numbers and ids are not the same. */
export type NumberLikeness = "same" | "any";

/**
 * An expression for the lines that hold what is selected in one of them; `null` where nothing is, or too much.
 * @param start of the selection in the line, which ends before `end`
 */
export function countPattern(
  line: string,
  start: number,
  end: number,
  numbers: NumberLikeness,
): string | null {
  const text = line.slice(start, end).trim();
  // Half of a character is not found by the expressions that fusion.json takes.
  if (text === "" || /\p{Surrogate}/u.test(text)) return null;
  const from = line.indexOf(text, start);
  const to = from + text.length;
  const before = isInWord(line, from) ? "" : wordEdge(text[0]);
  const after = isInWord(line, to) ? "" : wordEdge(text.at(-1));
  const alike = numbers === "same" ? literal : generalised;
  const expression = before + alike(line, from, to) + after;
  return expression.length <= MAX_EXPRESSION ? expression : null;
}

export function isInWord(line: string, at: number): boolean {
  return /\w/.test(line[at - 1] ?? "") && /\w/.test(line[at] ?? "");
}

/** `\b` where a word begins or ends, so that "error" is not found in "errors". */
export function wordEdge(character: string | undefined): string {
  return character !== undefined && /\w/.test(character) ? "\\b" : "";
}
