/** Regular expressions that are derived from a piece of a line: they take time in proportion to a line's length. */
import { generalised, literal } from "./variableParts.js";

/** A plain number, as a metric can hold it; no group of its own. */
export const NUMBER = "-?\\d+(?:\\.\\d+)?";

/** What must not follow one: it would be a part of another number, such as 12 of 12,450 or 3 of 3,5. */
export const NUMBER_END = "(?!\\d|[.,'’_\\u00a0\\u202f]\\d|[eE][+-]?\\d)";

/** What stands before the rest of a number, such as 450 of 12,450, 5 of .5 and 5 behind a minus that is no hyphen. */
const BEFORE_REST = /(?:\d(?:[.,'’_\u00a0\u202f]|[eE][+-]?)|(?<![\p{L}.,)\]])[.,]|\u2212)$/u;

/** Digits in groups of three with blanks between them, which only who selects them can tell from several numbers. */
const SPACED_NUMBER = /^-?\d{1,3} \d{3}(?!\d)/;

/** Longer expressions are refused by fusion.json. In UTF-16 code units. */
const MAX_EXPRESSION = 1_000;

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

/** A number that was found in a line, and how to find it in others. */
export interface NumberPattern {
  /** With the number in the group `value`. */
  readonly expression: string;
  /** The word before it, which may name it; "" where there is none. */
  readonly name: string;
  /** The name with the unit behind the number, by which its display can be guessed. */
  readonly key: string;
}

/**
 * An expression for the first number of a selection by what stands around it in the line; `null` where there is none that
 * a metric could hold, such as one with separators between its thousands.
 * @param start of the selection in the line, which ends before `end`
 */
export function numberPattern(line: string, start: number, end: number): NumberPattern | null {
  const found = numberAt(line, start, end);
  if (found === null || BEFORE_REST.test(line.slice(0, found.start))) return null;
  if (SPACED_NUMBER.test(line.slice(found.start, end))) return null;
  const unit = /^(?![eE][+-]?\d)[A-Za-z]*/.exec(line.slice(found.end))?.[0] ?? "";
  const unitEdge = isInWord(line, found.end + unit.length) ? "" : "\\b";
  const behind = unit === "" ? NUMBER_END : unit + unitEdge;
  for (const { before, begins } of contexts(line, found.start, start)) {
    const from = found.start - before.length;
    const edge = isInWord(line, from) ? "" : wordEdge(before[0]);
    const context = generalised(line, from, found.start);
    const expression = `${begins ? "^" : edge}${context}(?<value>${NUMBER})${behind}`;
    if (expression.length > MAX_EXPRESSION) return null;
    if (finds(expression, line, found)) return { expression, ...namesOf(line, found) };
  }
  return null;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The number that a selection begins in or holds, with all of its digits. */
function numberAt(line: string, start: number, end: number): Stretch | null {
  for (const { index, 0: text } of line.matchAll(/(?<!\w)-\d+(?:\.\d+)?|\d+(?:\.\d+)?/g)) {
    const stretch = { start: index, end: index + text.length };
    if (stretch.end > start && stretch.start < end) return stretch;
  }
  return null;
}

/**
 * What stands before a number: what was selected of it, then more words from one to the next, at last all of them.
 * Only the beginning of the line may be nothing that could tell this number from others.
 */
function* contexts(line: string, at: number, start: number): Generator<Context> {
  const selected = line.slice(Math.min(start, at), at).trimStart();
  const words = [...line.slice(0, at).matchAll(/\S+\s*/g)].reverse();
  for (const before of [selected, ...words.map(({ index }) => line.slice(index, at))]) {
    if (/[^\s\d]/.test(before)) yield { before, begins: false };
  }
  yield { before: line.slice(0, at), begins: true };
}

interface Context {
  readonly before: string;
  /** Whether it must be the line's beginning. */
  readonly begins: boolean;
}

/** Whether the first match in the line is at the number that is meant. */
function finds(expression: string, line: string, { start, end }: Stretch): boolean {
  const found = new RegExp(expression, "du").exec(line);
  const [from, to] = found?.indices?.groups?.value ?? [];
  return from === start && to === end;
}

/** The last word before a number, else the first behind it. */
function namesOf(line: string, { start, end }: Stretch): Pick<NumberPattern, "name" | "key"> {
  const before = line.slice(0, start).match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
  const name = before.at(-1) ?? line.slice(end).match(/\p{L}+/u)?.[0] ?? "";
  const unit = /^\s?(ms|s|bytes|kb|mb|gb|%)(?![\p{L}])/iu.exec(line.slice(end))?.[1]?.toLowerCase();
  return { name, key: unit === undefined ? name : `${name} ${UNIT_WORDS[unit] ?? unit}` };
}

const UNIT_WORDS: Readonly<Record<string, string>> = { s: "seconds", "%": "percent" };

function isInWord(line: string, at: number): boolean {
  return /\w/.test(line[at - 1] ?? "") && /\w/.test(line[at] ?? "");
}

/** `\b` where a word begins or ends, so that "error" is not found in "errors". */
function wordEdge(character: string | undefined): string {
  return character !== undefined && /\w/.test(character) ? "\\b" : "";
}
