/** A longer word is no typing mistake of any that is known here. */
const MAX_LENGTH = 40;

/**
 * The word that was probably meant: another name of it, else the nearest by typing mistakes.
 * @param otherNames what people also call some of the words, in lower case
 */
export function nearest<Word extends string>(
  written: string,
  words: Iterable<Word>,
  otherNames: Readonly<Record<string, Word>> = {},
): Word | null {
  const lower = written.toLowerCase();
  if (Object.hasOwn(otherNames, lower)) return otherNames[lower] ?? null;
  if (lower.length > MAX_LENGTH) return null;
  let best: Word | null = null;
  let fewest = Math.max(1, Math.floor(lower.length / 3)) + 1;
  for (const word of words) {
    if (Math.abs(word.length - lower.length) >= fewest) continue;
    const mistakes = editDistance(lower, word.toLowerCase());
    if (mistakes < fewest) [best, fewest] = [word, mistakes];
  }
  return best;
}

/** Words as a sentence lists them: `"a", "b" or "c"`. */
export function listed(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`;
}

/** Letters to insert, drop, replace or swap with their neighbour to get from one word to the other. */
function editDistance(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
      );
      if (from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        cost = Math.min(cost, at(beforePrevious, column - 2) + 1);
      }
      current.push(cost);
    }
    [beforePrevious, previous] = [previous, current];
  }
  return at(previous, to.length);
}

function at(costs: readonly number[], index: number): number {
  return costs[index] ?? Number.POSITIVE_INFINITY;
}
