/** The first characters of a text, at most so many UTF-16 units; one of two units is not cut in half. */
export function beginOf(text: string, most: number): string {
  const begin = text.slice(0, most);
  return begin.length < text.length ? begin.replace(/[\uD800-\uDBFF]$/, "") : begin;
}

/** A text, with an ellipsis in place of what is longer than so many UTF-16 units. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${beginOf(text, most)}…`;
}
