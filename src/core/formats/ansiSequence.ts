/** Colours and cursor movements that a terminal program left in its log: ECMA-48, "control sequences". */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what a sequence begins with
const ANSI_SEQUENCE = /\u001b\[[0-?]*[ -/]*[@-~]/g;

/** A line as it is read by people, without a terminal's sequences. */
export function withoutAnsi(line: string): string {
  return line.includes("\u001b") ? line.replace(ANSI_SEQUENCE, "") : line;
}

/** Where a column of a line is without a terminal's sequences; of a column within one, where the sequence was. */
export function columnWithoutAnsi(line: string, column: number): number {
  let removed = 0;
  for (const { index, 0: sequence } of line.matchAll(ANSI_SEQUENCE)) {
    if (index >= column) break;
    removed += Math.min(sequence.length, column - index);
  }
  return column - removed;
}
