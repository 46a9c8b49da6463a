const DIGITS = "\\d+(?:\\.\\d+(?:[eE][+-]?\\d+)?|[eE][+-]\\d+)?";

/**
 * A plain number, as a metric can hold it; no group of its own. Behind whole digits programs write an exponent with its
 * sign; without one it may be a part of an id.
 */
export const NUMBER = `-?${DIGITS}`;

/** What must not follow one: it would be a part of another number, a moment or an id, such as 12 of 12,450 or 3 of 3,5. */
export const NUMBER_END = "(?![\\wµμ]|[.,:'’\\u00a0\\u202f]\\d|-\\w)";

/** What must not be before one of which nothing else before it is known; a moment with a blank may. */
export const NUMBER_START = "(?<![\\w.\\u2212]|\\d[,'’\\u00a0\\u202f]|(?<![\\d:.-])\\d{1,3} |\\p{Sc})";

/**
 * What stands before the rest of a number, such as 450 of 12,450, 5 of .5, 30 of 1m30s and 5 behind a minus that is no
 * hyphen or before a currency.
 */
const BEFORE_REST =
  /(?:\d(?:[.,'’_\u00a0\u202f]|[eE][+-]?|[dhm])|(?<![\p{L}.,)\]])[.,]|\u2212|[-\u2212]\p{Sc}\s?)$/u;

/** Digits in groups of three with blanks between them, which only who selects them can tell from several numbers. */
const SPACED_NUMBER = /^-?\d{1,3} \d{3}(?!\d)/;

const NUMBER_IN_LINE = new RegExp(`(?<!\\w)-${DIGITS}|${DIGITS}`, "g");

/** A number in a line. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The number that a selection begins in or holds, with all of its digits; `null` where they are the rest of another. */
export function numberAt(line: string, start: number, end: number): Stretch | null {
  for (const { index, 0: text } of line.matchAll(NUMBER_IN_LINE)) {
    const stretch = { start: index, end: index + text.length };
    if (stretch.end <= start || stretch.start >= end) continue;
    const isRest = BEFORE_REST.test(line.slice(0, index)) || SPACED_NUMBER.test(line.slice(index, end));
    return isRest ? null : stretch;
  }
  return null;
}
