import { columnWithoutAnsi, withoutAnsi } from "../formats/ansiSequence.js";
import { countPattern, type NumberLikeness } from "./linePattern.js";
import { numberPattern } from "./numberPattern.js";

interface LikeLines {
  /** A regular expression. */
  readonly match: string;
  readonly name: string;
  /** What the file is called. */
  readonly file: string;
}

/** The lines are counted. */
interface CountUse extends LikeLines {
  readonly kind: "count";
  readonly numbers: NumberLikeness;
}

/** The number in the group `value` is read from each line. */
interface NumberUse extends LikeLines {
  readonly kind: "number";
  /** What its display is guessed by. */
  readonly key: string;
  /** The three letters of its currency. */
  readonly currency: string | null;
}

/** What a piece of a line was selected for. */
export type LineUse = CountUse | NumberUse;

/** A piece of a line in a file, as an editor has it. */
export interface SelectedPiece {
  readonly line: string;
  /** Columns in the line. */
  readonly start: number;
  readonly end: number;
  /** What the file is called. */
  readonly file: string;
}

const MOST_WORDS = 4;

/** What a selected piece may ask for, in the line as its metric reads it; none where nothing can be made of it. */
export function lineUses(kind: LineUse["kind"], { line: raw, start, end, file }: SelectedPiece): LineUse[] {
  const line = withoutAnsi(raw);
  const from = columnWithoutAnsi(raw, start);
  const to = columnWithoutAnsi(raw, end);
  if (kind === "count") return countUses(line, from, to, file);
  const found = numberPattern(line, from, to);
  if (found === null) return [];
  const { expression, name, key, currency } = found;
  return [{ kind, match: expression, name: name || file, file, key, currency }];
}

function countUses(line: string, start: number, end: number, file: string): LineUse[] {
  const uses: LineUse[] = [];
  for (const numbers of ["same", "any"] as const) {
    const match = countPattern(line, start, end, numbers);
    if (match === null || uses.some((use) => use.match === match)) continue;
    const name = firstWords(line.slice(start, end), numbers === "same" ? NUMBERED_WORD : WORD) || file;
    uses.push({ kind: "count", match, name, file, numbers });
  }
  return uses;
}

const WORD = /\p{L}[\p{L}\p{N}]*/gu;
const NUMBERED_WORD = /[\p{L}\p{N}]+/gu;

function firstWords(text: string, word: RegExp): string {
  return (text.match(word) ?? []).slice(0, MOST_WORDS).join(" ");
}
