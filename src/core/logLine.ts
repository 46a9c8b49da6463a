/** A line of a log, whatever it quotes: nothing in it begins another line, or tells a terminal what to do. */
export function logLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, " ");
}
