import type { JSONScanner } from "jsonc-parser";
import { BACKSLASH, BRACE, BRACKET, CLOSING_BRACE, CLOSING_BRACKET, QUOTE } from "./jsonCharacters.js";
import type { JsonPath } from "./jsonPath.js";

/** Values looked for below one place of a document. */
interface Wanted {
  /** Positions, in the list of paths, of those that end here. */
  readonly ends: number[];
  readonly children: Map<string | number, Wanted>;
  /** Those children that the value here has, so far as it was passed. */
  readonly found: Set<Wanted>;
}

/** The library's SyntaxKind: a `const enum`, which a module compiled by itself cannot read. */
const TOKEN = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, comma: 5 } as const;

/**
 * Where the values at these paths begin, in UTF-16 units; `null` where there is no such value. One pass without a tree; of a
 * key that stands twice the last value counts, and nothing of those before. What no path leads into is passed over.
 * @param text JSON that has been parsed, nested no deeper than the stack allows
 */
export async function offsetsOf(text: string, paths: readonly JsonPath[]): Promise<(number | null)[]> {
  const { createScanner } = await import("jsonc-parser");
  const offsets: (number | null)[] = paths.map(() => null);
  const scanner = createScanner(text, true);
  scanner.scan();
  passValue(text, scanner, wantedOf(paths), offsets);
  return offsets;
}

function wantedOf(paths: readonly JsonPath[]): Wanted {
  const root = wantedPlace();
  for (const [index, path] of paths.entries()) {
    let place = root;
    for (const segment of path) {
      const child = place.children.get(segment) ?? wantedPlace();
      place.children.set(segment, child);
      place = child;
    }
    place.ends.push(index);
  }
  return root;
}

function wantedPlace(): Wanted {
  return { ends: [], children: new Map(), found: new Set() };
}

/** Unfinds what an earlier value of the same key held: the last one may be without it. */
function forget({ ends, found }: Wanted, offsets: (number | null)[]): void {
  for (const index of ends) offsets[index] = null;
  for (const child of found) forget(child, offsets);
  found.clear();
}

/** The scanner stands at a value's first token, and then at the token behind the value. */
function passValue(
  text: string,
  scanner: JSONScanner,
  wanted: Wanted | undefined,
  offsets: (number | null)[],
): void {
  const token: number = scanner.getToken();
  if (wanted !== undefined) forget(wanted, offsets);
  for (const index of wanted?.ends ?? []) offsets[index] = scanner.getTokenOffset();
  if (token !== TOKEN.openBrace && token !== TOKEN.openBracket) {
    scanner.scan();
    return;
  }
  if (wanted === undefined || wanted.children.size === 0) {
    scanner.setPosition(endOfBrackets(text, scanner.getTokenOffset()));
    scanner.scan();
    return;
  }
  const isList = token === TOKEN.openBracket;
  const isEnd = (next: number) => next === (isList ? TOKEN.closeBracket : TOKEN.closeBrace);
  let next: number = scanner.scan();
  for (let index = 0; !isEnd(next); index++) {
    const key = isList ? index : scanner.getTokenValue();
    if (!isList) {
      // Behind the key, and behind the colon.
      scanner.scan();
      scanner.scan();
    }
    const child = wanted.children.get(key);
    if (child !== undefined) wanted.found.add(child);
    passValue(text, scanner, child, offsets);
    next = scanner.getToken();
    if (next === TOKEN.comma) next = scanner.scan();
  }
  scanner.scan();
}

/** The offset behind the bracket that closes the one at `start`. */
function endOfBrackets(text: string, start: number): number {
  let open = 0;
  for (let at = start; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) at = endOfString(text, at);
    else if (character === BRACE || character === BRACKET) open++;
    else if ((character === CLOSING_BRACE || character === CLOSING_BRACKET) && --open === 0) return at + 1;
  }
  return text.length;
}

/** The offset of the quote that closes the one at `start`. */
export function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === BACKSLASH) at++;
    else if (character === QUOTE) break;
  }
  return at;
}
