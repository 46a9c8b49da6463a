import { escapeExpression } from "./escapeExpression.js";

/** What may stand behind digits without making a name of them: units, and what joins the parts of a moment. */
const UNIT =
  "ns|us|[µμ]s|ms|s|secs?|m|mins?|h|hrs?|d|w|[ap]m|t|z|e|b|bytes?|k|[kmgtp]i?b?|x|px|hz|[kmg]hz|st|nd|rd|th";

/** A number of any shape: 2, 1.5 and 12,450. */
const NUMERAL = "\\d+(?:[.,]\\d+)*";

/**
 * What differs from one line to the next: ids, numbers (of times, too) and how far things are moved in. Digits in a name,
 * such as p99, tell one thing from another; only of ids there are as many as five.
 */
const VARIABLE = new RegExp(
  [
    "(?<id>\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b)",
    "(?<address>(?<=\\b0[xX])[0-9a-fA-F]+\\b)",
    "(?<hash>(?<![\\da-zA-Z])(?=[0-9a-fA-F]*[a-fA-F])(?=[0-9a-fA-F]*\\d)[0-9a-fA-F]{7,}(?![\\da-zA-Z]))",
    `(?<quantity>(?<![\\p{L}\\p{M}\\d_])(?!0x)${NUMERAL}(?:(?:_|${UNIT})${NUMERAL})*(?:${UNIT})?(?![\\p{L}\\p{M}\\d_]))`,
    "(?<digits>\\d{5,})",
    "(?<blanks>\\s+)",
  ].join("|"),
  "giu",
);

/** An expression for a piece of a line and all that differ from it in blanks only. */
export function literal(line: string, start: number, end: number): string {
  return line
    .slice(start, end)
    .split(/(\s+)/)
    .map((part, index) => (index % 2 === 0 ? escapeExpression(part) : blanks(part)))
    .join("");
}

/** An expression for a piece of a line and all that differ from it in times, numbers, ids and blanks only. */
export function generalised(line: string, start: number, end: number): string {
  let expression = "";
  let at = start;
  for (const found of line.matchAll(VARIABLE)) {
    const from = Math.max(found.index, start);
    const to = Math.min(found.index + found[0].length, end);
    if (from >= to) continue;
    expression += escapeExpression(line.slice(at, from)) + standIn(line.slice(from, to), found.groups);
    at = to;
  }
  return expression + escapeExpression(line.slice(at, end));
}

function standIn(text: string, groups: RegExpExecArray["groups"]): string {
  if (groups?.blanks) return blanks(text);
  if (groups?.quantity) return text.replace(new RegExp(NUMERAL, "g"), NUMERAL);
  if (groups?.digits) return "\\d+";
  return "[0-9a-fA-F-]+";
}

function blanks(text: string): string {
  return text === " " ? " " : "\\s+";
}
