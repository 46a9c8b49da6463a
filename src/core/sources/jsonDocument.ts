import { SourceError } from "./sourceError.js";

/** Deeper documents are refused: nothing could print them again, and reading their positions would exhaust the stack. */
const MAX_DEPTH = 64;

/** Positions in longer texts are not looked up: that would keep the event loop busy for longer than an editor may wait. */
const MAX_POSITIONED_LENGTH = 1_000_000;

/** Where a value stands in a document: keys and indexes from the root. */
export type JsonPath = readonly (string | number)[];

/** A parsed document that can tell on which line a value stands. */
export interface JsonDocument {
  readonly value: unknown;
  /** Lines of the values at these paths, counted from 1; `null` where there is no such value. One pass for all. */
  linesOf(paths: readonly JsonPath[]): Promise<(number | null)[]>;
}

/**
 * Parses strict JSON.
 * @throws SourceError that names the line and what is wrong there
 */
export async function parseJsonDocument(text: string): Promise<JsonDocument> {
  if (text.trim() === "") throw new SourceError("the file is empty. Save it with its data.");
  const tooDeep = offsetBelowDepth(text, MAX_DEPTH);
  if (tooDeep !== null) {
    throw new SourceError(
      `values are nested more than ${MAX_DEPTH} deep. Flatten them.`,
      lineIndex(text)(tooDeep),
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw await syntaxError(text);
  }
  return { value, linesOf: (paths) => linesOf(text, paths) };
}

/** What is wrong first, and where; the search stops there, however long the rest is. */
async function syntaxError(text: string): Promise<SourceError> {
  const { visit, printParseErrorCode } = await import("jsonc-parser");
  const found = new SourceError("this is not valid JSON. Mend it and save the file.");
  try {
    visit(
      text,
      {
        onError(code, offset) {
          const reason = SYNTAX_REASONS[printParseErrorCode(code)] ?? "this is not valid JSON";
          throw new SourceError(`${reason}. Mend it and save the file.`, lineIndex(text)(offset));
        },
      },
      { disallowComments: true, allowTrailingComma: false },
    );
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  return found;
}

const SYNTAX_REASONS: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a name in double quotes is missing here, or a comma stands before "}"',
  ValueExpected: "a value is missing here, or a comma stands at the end of a list",
  ColonExpected: "a colon is missing here",
  CommaExpected: "a comma is missing here",
  CloseBraceExpected: 'the file ends before "}": it may be half-written',
  CloseBracketExpected: 'the file ends before "]": it may be half-written',
  EndOfFileExpected: "something stands after the end of the data",
  InvalidCommentToken: "comments are not allowed in this file",
  UnexpectedEndOfString: "a text is not closed with a double quote",
  InvalidNumberFormat: "this is not a number",
  InvalidSymbol: "this is not a value in JSON (such as NaN, or a text without double quotes)",
  InvalidEscapeCharacter: "a backslash in a text is not followed by what JSON knows",
  InvalidUnicode: "a \\u in a text is not followed by four digits",
  InvalidCharacter: "a text holds a line break or control character",
};

async function linesOf(text: string, paths: readonly JsonPath[]): Promise<(number | null)[]> {
  if (text.length > MAX_POSITIONED_LENGTH) return paths.map(() => null);
  const { parseTree, findNodeAtLocation } = await import("jsonc-parser");
  const root = parseTree(text);
  const lineOf = lineIndex(text);
  return paths.map((path) => {
    const node = root && findNodeAtLocation(root, [...path]);
    return node ? lineOf(node.offset) : null;
  });
}

/** Tells the line of an offset, counted from 1; the line ends of every system count. The text is scanned once. */
function lineIndex(text: string): (offset: number) => number {
  const starts = [0];
  for (const end of text.matchAll(/\r\n|\r|\n/g)) starts.push(end.index + end[0].length);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? Number.POSITIVE_INFINITY) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** The first offset at which brackets are nested deeper than `depth`; `null` where they never are. */
function offsetBelowDepth(text: string, depth: number): number | null {
  let open = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (inString) {
      if (character === BACKSLASH) at++;
      else if (character === QUOTE) inString = false;
    } else if (character === QUOTE) inString = true;
    else if (character === BRACE || character === BRACKET) {
      if (++open > depth) return at;
    } else if (character === CLOSING_BRACE || character === CLOSING_BRACKET) open--;
  }
  return null;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
