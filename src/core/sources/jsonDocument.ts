import { BACKSLASH, BRACE, BRACKET, CLOSING_BRACE, CLOSING_BRACKET, QUOTE } from "./jsonCharacters.js";
import { offsetsOf } from "./jsonOffsets.js";
import type { JsonPath } from "./jsonPath.js";
import { lineIndex } from "./lineIndex.js";
import { SourceError } from "./sourceError.js";

/** Deeper documents are refused: nothing could print them again, and reading their positions would exhaust the stack. */
export const MAX_DEPTH = 64;

/** A parsed document that can tell on which line a value stands. */
export interface JsonDocument {
  readonly value: unknown;
  /** Lines of the values at these paths, counted from 1; `null` where there is no such value. One pass for all. */
  linesOf(paths: readonly JsonPath[]): Promise<(number | null)[]>;
}

/** Strict JSON, or JSON with comments and trailing commas. */
export type JsonSyntax = "json" | "jsonc";

/**
 * Parses JSON; of a key that stands twice in an object the last one counts.
 * @throws SourceError that names the line and what is wrong there
 */
export async function parseJsonDocument(text: string, syntax: JsonSyntax = "json"): Promise<JsonDocument> {
  const json = syntax === "json" ? text : await blankComments(text);
  if (json.trim() === "") throw new SourceError(EMPTY_FILE);
  const tooDeep = offsetBelowDepth(json, MAX_DEPTH);
  if (tooDeep !== null) throw new SourceError(TOO_DEEP, lineIndex(json)(tooDeep));
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw await syntaxError(text, syntax);
  }
  return { value, linesOf: (paths) => linesOf(json, paths) };
}

export const EMPTY_FILE = "the file is empty. Save it with its data.";
export const TOO_DEEP = `values are nested more than ${MAX_DEPTH} deep. Flatten them.`;

/**
 * The text with spaces for comments and trailing commas, so that every offset and line stays. JSON.parse reads it then:
 * jsonc-parser's own objects take a key `__proto__` for their prototype.
 */
async function blankComments(text: string): Promise<string> {
  const { createScanner } = await import("jsonc-parser");
  const scanner = createScanner(text);
  const pieces: string[] = [];
  let copied = 0;
  const blank = (start: number, end: number) => {
    pieces.push(text.slice(copied, start), text.slice(start, end).replace(/[^\r\n]/g, " "));
    copied = end;
  };
  /** A comma after a value, and the comments after it: whether it trails is known at the next token. */
  let comma: number | null = null;
  let comments: [start: number, end: number][] = [];
  const settle = (trailing: boolean) => {
    if (comma !== null && trailing) blank(comma, comma + 1);
    for (const [start, end] of comments) blank(start, end);
    comma = null;
    comments = [];
  };
  let afterValue = false;
  for (let token = scanner.scan(); token !== TOKEN.end; token = scanner.scan()) {
    const start = scanner.getTokenOffset();
    if (token === TOKEN.lineComment || token === TOKEN.blockComment) {
      // A comment that does not end is left for JSON.parse to refuse.
      if (scanner.getTokenError() === 0) comments.push([start, start + scanner.getTokenLength()]);
    } else if (token !== TOKEN.space && token !== TOKEN.lineBreak) {
      settle(token === TOKEN.closeBrace || token === TOKEN.closeBracket);
      if (token === TOKEN.comma && afterValue) comma = start;
      afterValue = token !== TOKEN.comma && token !== TOKEN.openBrace && token !== TOKEN.openBracket;
    }
  }
  settle(false);
  pieces.push(text.slice(copied));
  return pieces.join("");
}

/** The library's SyntaxKind: a `const enum`, which a module compiled by itself cannot read. */
const TOKEN = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  space: 15,
  end: 17,
} as const;

/** What is wrong first, and where; the search stops there, however long the rest is. */
async function syntaxError(text: string, syntax: JsonSyntax): Promise<SourceError> {
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
      { disallowComments: syntax === "json", allowTrailingComma: syntax === "jsonc" },
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
  UnexpectedEndOfComment: "a comment is not closed with */",
  InvalidCommentToken: "comments are not allowed in this file",
  UnexpectedEndOfString: "a text is not closed with a double quote",
  InvalidNumberFormat: "this is not a number",
  InvalidSymbol: "this is not a value in JSON (such as NaN, or a text without double quotes)",
  InvalidEscapeCharacter: "a backslash in a text is not followed by what JSON knows",
  InvalidUnicode: "a \\u in a text is not followed by four digits",
  InvalidCharacter: "a text holds a line break or control character",
};

async function linesOf(text: string, paths: readonly JsonPath[]): Promise<(number | null)[]> {
  if (paths.length === 0) return [];
  const offsets = await offsetsOf(text, paths);
  const lineOf = lineIndex(text);
  return offsets.map((offset) => (offset === null ? null : lineOf(offset)));
}

/** The first offset at which brackets are nested deeper than `depth`; `null` where they never are. */
export function offsetBelowDepth(text: string, depth: number): number | null {
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
