/** Colours and cursor movements that a terminal program left in its log: ECMA-48, "control sequences". */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what a sequence begins with
const ANSI_SEQUENCE = /\u001b\[[0-?]*[ -/]*[@-~]/g;

/** A line as it is read by people, without a terminal's sequences. */
export function withoutAnsi(line: string): string {
  return line.includes("\u001b") ? line.replace(ANSI_SEQUENCE, "") : line;
}
