import { changeOutsideTexts } from "./jsonLiterals.js";
import { isKept } from "./scalar.js";

/** Whole numbers with fewer digits are kept as they are. */
const HINT = /\d{16}/;
const WHOLE_NUMBER = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/**
 * Strict JSON with a neighbour in place of each whole number that parsers round, such as 9007199254740993: what comes out
 * otherwise then depends on digits that nobody wrote. The order of numbers stays. `null` where there is none.
 */
export function shiftRoundedNumbers(json: string): string | null {
  if (!HINT.test(json)) return null;
  const shifted = changeOutsideTexts(json, (part) =>
    part.replace(WHOLE_NUMBER, (literal) => (isKept(literal) ? literal : neighbour(literal))),
  );
  return shifted === json ? null : shifted;
}

/** The next number towards 0 that can be held; infinity stays. */
function neighbour(literal: string): string {
  const value = Number(literal);
  if (!Number.isFinite(value)) return literal;
  const step = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 52);
  return String(BigInt(value - Math.sign(value) * step)).padEnd(literal.length);
}

export const ROUNDED =
  "it depends on a whole number too large to be kept exactly. Write that in quotes, as a text.";
