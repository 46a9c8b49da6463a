/** What stands before a number in a line, as the beginning of an expression. */
import { isInWord, wordEdge } from "./linePattern.js";
import { lastWord } from "./numberName.js";
import { NUMBER_START, type Stretch } from "./plainNumber.js";
import { generalised, literal } from "./variableParts.js";

/** Counts in a row, such as "5 failed, " before 118 of "5 failed, 118 passed"; looked for from their end, in one pass. */
const ITEMS_BEFORE = /$(?<=((?:(?<!\d)\d+ \p{L}+ ?[,;|(]\s*)+))/u;
const ITEM_BEHIND = /^ \p{L}+ ?[,;|(]\s*\d/u;
const ITEMS = "(?:\\s*\\d+ \\p{L}+ ?[,;|(])*\\s*";

/**
 * What stands before a number that the word behind it names: the heading of its row, without the other counts, or
 * nothing. `null` where a word before it may well name it.
 */
export function countContext(line: string, { start, end }: Stretch): string | null {
  const before = line.slice(0, start);
  const items = ITEMS_BEFORE.exec(before)?.[1] ?? "";
  const head = before.slice(0, start - items.length).trimEnd();
  const from = lastWord(head)?.index ?? head.length;
  // What ends there is about something else.
  if (from === head.length || /[,;|).\]]/.test(head.slice(from))) return NUMBER_START;
  if (items === "" && !ITEM_BEHIND.test(line.slice(end))) return null;
  return contextFrom(line, from, head.length) + ITEMS;
}

/** Words and what is between them, without the labels of a series. */
const PIECE = /(?:\{[^{}]*\}|[^,;{(&|\s])+[,;{(&|\s]*/g;

/**
 * What stands before a number: the best that is known, what was selected of it, then more from one piece to the next, at
 * last all.
 * Only the beginning of the line may be nothing that could tell this number from others.
 */
export function* contexts(line: string, at: number, start: number, best: string | null): Generator<string> {
  if (best !== null) yield best;
  const selected = line.slice(Math.min(start, at), at).trimStart();
  if (/[^\s\d]/.test(selected)) yield contextFrom(line, at - selected.length, at);
  for (const { index } of [...line.slice(0, at).matchAll(PIECE)].reverse()) {
    if (/\p{L}/u.test(line.slice(index, at))) yield contextFrom(line, index, at);
  }
  yield `^${alike(line, 0, at)}`;
}

function contextFrom(line: string, from: number, at: number): string {
  return (isInWord(line, from) ? "" : wordEdge(line[from])) + alike(line, from, at);
}

/** Numbers may differ, but not those of the labels that tell a series from another one. */
function alike(line: string, from: number, at: number): string {
  const labels = /\{[^{}]*\}\s*$/.exec(line.slice(from, at));
  const labelled = labels === null ? at : from + labels.index;
  return generalised(line, from, labelled) + literal(line, labelled, at);
}
