import { changeOutsideTexts } from "./jsonLiterals.js";
import { isTooSmall } from "./scalar.js";

/** What every literal that is too small to be held has in it; most texts have no such thing. */
const HINT = /\de-[\d_]{3}|[0_]{220}/i;

/**
 * A literal with an exponent below −99, or with very many zeros; not part of a word or of a UUID. TOML has underscores
 * between digits, and YAML numbers that begin with the point.
 */
const LITERAL = /(?<![\w.]|\w-)(?:\.?\d[\d._]*e-[\d_]{3,}|[\d_]*\.[0_]{220,}\d[\d_]*(?:e-\d+)?)(?![\w.-])/gi;

/**
 * A text with a number beyond all bounds in place of each that is too small to be held, such as 1e-400: parsers make 0 of
 * it, which nobody wrote. Every offset stays. `null` where there is none.
 */
export function enlargeTinyNumbers(text: string): string | null {
  if (!HINT.test(text)) return null;
  const enlarged = enlarge(text);
  return enlarged === text ? null : enlarged;
}

/** The same for strict JSON, of which the texts stay as they are. */
export function enlargeTinyJsonNumbers(json: string): string | null {
  if (!HINT.test(json)) return null;
  const enlarged = changeOutsideTexts(json, enlarge);
  return enlarged === json ? null : enlarged;
}

function enlarge(text: string): string {
  return text.replace(LITERAL, (literal) => {
    return isTooSmall(literal.replaceAll("_", "")) ? HUGE.padEnd(literal.length) : literal;
  });
}

const HUGE = "1e999";

export const TOO_SMALL =
  "it depends on a number too small to be kept exactly. Write 0, or a number that is larger.";
