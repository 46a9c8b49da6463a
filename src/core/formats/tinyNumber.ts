/** What every literal that is too small to be held has in it; most texts have no such thing. */
const HINT = /\de-\d{3}|0{300}/i;

/** A literal with an exponent below −99, or with very many zeros; looked for at the beginnings of numbers alone. */
const LITERAL = /(?<![\d.])(?:\d[\d.]*e-\d{3,}|0\.0{300,}\d+)/gi;

/**
 * A text with a number beyond all bounds in place of each that is too small to be held, such as 1e-400: parsers make 0 of
 * it, which nobody wrote. Every offset stays. `null` where there is none.
 */
export function enlargeTinyNumbers(text: string): string | null {
  if (!HINT.test(text)) return null;
  const enlarged = text.replace(LITERAL, (literal) =>
    Number(literal) === 0 && /[1-9]/.test(literal.replace(/e.*$/i, ""))
      ? HUGE.padEnd(literal.length)
      : literal,
  );
  return enlarged === text ? null : enlarged;
}

const HUGE = "1e999";

export const TOO_SMALL =
  "it depends on a number too small to be kept exactly. Write 0, or a number that is larger.";
