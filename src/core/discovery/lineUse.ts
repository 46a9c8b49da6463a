import { columnWithoutAnsi, withoutAnsi } from "../formats/ansiSequence.js";
import { countPattern, numberPattern } from "./linePattern.js";

/** What a piece of a line was selected for. */
export type LineUse =
  /** The lines like it are counted. */
  | { readonly kind: "count"; readonly match: string; readonly name: string }
  /** The number in the group `value` is read from each line. */
  | {
      readonly kind: "number";
      readonly match: string;
      readonly name: string;
      /** What its display is guessed by. */
      readonly key: string;
    };

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

/** What a selected piece asks for, in the line as its metric reads it; `null` where nothing can be made of it. */
export function lineUse(
  kind: LineUse["kind"],
  { line: raw, start, end, file }: SelectedPiece,
): LineUse | null {
  const line = withoutAnsi(raw);
  const [from, to] = [columnWithoutAnsi(raw, start), columnWithoutAnsi(raw, end)];
  if (kind === "count") {
    const match = countPattern(line, from, to);
    return match === null ? null : { kind, match, name: nameOf(line.slice(from, to)) || file };
  }
  const found = numberPattern(line, from, to);
  return found === null ? null : { kind, match: found.expression, name: found.name || file, key: found.key };
}

/** The first words of what is selected. */
function nameOf(text: string): string {
  return (text.match(/\p{L}+/gu) ?? []).slice(0, MOST_WORDS).join(" ");
}
