import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { lineIndex } from "../sources/lineIndex.js";
import type { ConfigFix, ConfigProblems } from "./configProblem.js";

/** Longer texts (in UTF-16 units) are not read: that would keep the event loop busy. */
const MAX_LENGTH = 256 * 1024;

/** A valid file needs no more than four levels; reading a very deep one would exhaust the stack. */
const MAX_DEPTH = 64;

/** Nobody mends more at once. */
const MAX_SYNTAX_ERRORS = 10;

/** Parses JSON with comments and trailing commas. `null`, with an error among the problems, where the text is not that. */
export function parseConfigSyntax(original: string, problems: ConfigProblems): Node | null {
  // A byte order mark is blank space here; every offset stays.
  const text = original.startsWith("\uFEFF") ? ` ${original.slice(1)}` : original;
  if (text.length > MAX_LENGTH) {
    problems.error({ offset: 0, length: 1 }, "The file is larger than 256 KB. Make it smaller.");
    return null;
  }
  const { tooDeepAt, empty } = look(text);
  if (empty) {
    const fix = { title: "Begin with an empty list of metrics", offset: 0, length: 0, text: EMPTY_CONFIG };
    problems.error({ offset: 0, length: 0 }, "The file is empty. Write your metrics between { and }.", fix);
    return null;
  }
  if (tooDeepAt !== null) {
    problems.error({ offset: tooDeepAt, length: 1 }, `Values are nested more than ${MAX_DEPTH} deep here.`);
    return null;
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  reportSyntax(text, errors, problems);
  return problems.hasErrors ? null : (root ?? null);
}

const EMPTY_CONFIG = '{\n  "metrics": {\n  }\n}\n';

/** Whether a text holds nothing but blanks and comments. */
export function isEmptyConfig(text: string): boolean {
  return look(text.replace(/^\uFEFF/, " ")).empty;
}

/** One pass without recursion, before the parser, which recurses, is let loose on the text. */
function look(text: string): { tooDeepAt: number | null; empty: boolean } {
  let depth = 0;
  let empty = true;
  for (const { offset } of tokens(text)) {
    empty = false;
    const first = text[offset];
    if ((first === "{" || first === "[") && ++depth > MAX_DEPTH) return { tooDeepAt: offset, empty };
    if (first === "}" || first === "]") depth--;
  }
  return { tooDeepAt: null, empty };
}

/** All tokens but blanks and comments. */
function* tokens(text: string): Generator<{ readonly offset: number; readonly end: number }> {
  const scanner = createScanner(text, true);
  for (;;) {
    scanner.scan();
    const offset = scanner.getTokenOffset();
    // A comment that is not closed leaves a token behind the end.
    if (offset >= text.length) return;
    yield { offset, end: Math.min(offset + scanner.getTokenLength(), text.length) };
  }
}

function reportSyntax(text: string, errors: readonly ParseError[], problems: ConfigProblems): void {
  const sorted = [...errors].sort((a, b) => a.offset - b.offset).slice(0, MAX_SYNTAX_ERRORS);
  const ends = endsBefore(
    text,
    sorted.map(({ offset }) => offset),
  );
  const lineOf = lineIndex(text);
  const seen = new Set<number>();
  for (const [index, error] of sorted.entries()) {
    const end = ends[index] ?? 0;
    const code = printParseErrorCode(error.error);
    const missing = missingSign(code, text[error.offset]);
    // Where the sign belongs, not where the parser noticed: that is often a line further down.
    const line = lineOf(missing === null ? error.offset : Math.max(0, end - 1));
    // A second error on a line is mostly a consequence of the first.
    if (seen.has(line)) continue;
    seen.add(line);
    if (missing === null) {
      const length = Math.min(error.length, text.length - error.offset);
      const message = MESSAGES[code] ?? "This is not valid here.";
      problems.error({ offset: error.offset, length }, message, wordFix(text, error.offset, length));
    } else {
      const fix = { title: `Insert the missing ${missing}`, offset: end, length: 0, text: missing };
      const message = `"${missing}" is missing after this.`;
      problems.error({ offset: Math.max(0, end - 1), length: Math.min(1, end) }, message, fix);
    }
  }
}

/** The sign that a parser's error is about; `null` where it is about something else. */
function missingSign(code: string, next: string | undefined): string | null {
  // The parser takes a bracket of the other kind for the next item of the list.
  if (code === "CommaExpected" && next === "}") return "]";
  if (code === "CommaExpected" && next === "]") return "}";
  return MISSING[code] ?? null;
}

/** Where the last token before each offset ends; the offsets ascend. */
function endsBefore(text: string, offsets: readonly number[]): number[] {
  const ends: number[] = [];
  let end = 0;
  for (const token of tokens(text)) {
    while (ends.length < offsets.length && token.offset >= (offsets[ends.length] ?? 0)) ends.push(end);
    if (ends.length === offsets.length) return ends;
    end = token.end;
  }
  while (ends.length < offsets.length) ends.push(end);
  return ends;
}

/** A word without double quotes: what it would be with them, or in JSON's own spelling. */
function wordFix(text: string, offset: number, length: number): ConfigFix | null {
  const word = text.slice(offset, offset + length);
  const value = JSON_SPELLING.get(word);
  if (value !== undefined) return { title: `Replace with ${value}`, offset, length, text: value };
  const [, inner] = /^'([^'"\\]*)'$/.exec(word) ?? /^([\p{L}_$][\p{L}\d_$.-]*)$/u.exec(word) ?? [];
  return inner === undefined
    ? null
    : { title: "Put it in double quotes", offset, length, text: `"${inner}"` };
}

const JSON_SPELLING: ReadonlyMap<string, string> = new Map([
  ["True", "true"],
  ["False", "false"],
  ["None", "null"],
]);

const MISSING: Readonly<Record<string, string>> = {
  CommaExpected: ",",
  ColonExpected: ":",
  CloseBraceExpected: "}",
  CloseBracketExpected: "]",
};

const MESSAGES: Readonly<Record<string, string>> = {
  PropertyNameExpected: "A name in double quotes is expected here.",
  ValueExpected: "A value is missing here: write a number, or a text in double quotes.",
  EndOfFileExpected: 'Something stands after the last "}". Remove it.',
  InvalidCommentToken: "This comment is not closed.",
  UnexpectedEndOfComment: "This comment is not closed. End it with */.",
  UnexpectedEndOfString: "This text is not closed. End it with a double quote.",
  UnexpectedEndOfNumber: "This number is not complete.",
  InvalidNumberFormat: "This is not a number. Write it like 12450 or 0.5.",
  InvalidSymbol: "This is neither a number nor a text. Put texts in double quotes.",
  InvalidEscapeCharacter: "A single backslash is not allowed in a text. Write it twice: \\\\.",
  UnexpectedEndOfUnicode: "Four digits are expected after \\u.",
  InvalidUnicode: "Four digits are expected after \\u.",
  InvalidCharacter: "A line break or tab is not allowed in a text. Write \\n or \\t.",
};
