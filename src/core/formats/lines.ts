import * as v from "valibot";
import type { Selection } from "../config/metricDefinition.js";
import { MAX_DEPTH, offsetBelowDepth, TOO_DEEP } from "../sources/jsonDocument.js";
import { SourceError } from "../sources/sourceError.js";
import { addToFold, emptyFold, FoldSchema, foldLine, foldResult } from "./aggregate.js";
import { withoutAnsi } from "./ansiSequence.js";
import type { LineFormat } from "./fileFormat.js";
import { compileMatcher } from "./lineMatcher.js";
import { compileQuery, type Query } from "./query.js";
import { ROUNDED, shiftRoundedNumbers } from "./roundedNumber.js";
import { cellValue, type Scalar } from "./scalar.js";
import { enlargeTinyJsonNumbers, TOO_SMALL } from "./tinyNumber.js";

const UnreadLinesSchema = v.strictObject({
  count: v.number(),
  first: v.number(),
  last: v.number(),
  /** Why the first of them could not be read. */
  reason: v.string(),
});

const LineStateSchema = v.strictObject({
  fold: FoldSchema,
  line: v.nullable(v.number()),
  unread: v.nullable(UnreadLinesSchema),
});

/** Lines that were left out because they are damaged; lines are counted from 1. */
export type UnreadLines = Readonly<v.InferOutput<typeof UnreadLinesSchema>>;

/** How far a reader has come: plain JSON, of a size that does not grow with the lines. */
type LineState = Readonly<v.InferOutput<typeof LineStateSchema>>;

export interface LineResult {
  readonly value: Scalar;
  /** Of the first value for `first`, else of the last line that counted; from 1. */
  readonly line: number | null;
  /** What was left out; no reason to distrust the value of the others. */
  readonly unread: UnreadLines | null;
}

/** Takes a file's lines one after the other. */
export interface LineReader {
  /** @param lineNumber counted from 1 */
  add(line: string, lineNumber: number): void;
  /**
   * Counts a line among those that are left out.
   * @param reason why, in a sentence
   */
  leaveOut(lineNumber: number, reason: string): void;
  state(): LineState;
  /** @throws SourceError where the lines so far give no value, or the selection is not valid */
  result(): LineResult;
}

/** The value of a line; `null` where it does not count. Throws SourceError where it is damaged. */
type ReadLine = (line: string) => { readonly value: unknown } | null;

/**
 * Reads the lines of JSONL or text: every value that the selection finds is aggregated. Blank lines never count, nor do
 * lines of JSONL that are damaged or for which the query gives nothing. Nothing that is wrong with the selection is thrown
 * before `result`, so that it does not cost the other selections of a file.
 * @param previous what `state` of an earlier reader gave for the same selection and the lines before
 * @throws SourceError where `previous` is no such state
 */
export function createLineReader(
  selection: Selection,
  format: LineFormat,
  previous: unknown = null,
): LineReader {
  let { fold, line: lastLine, unread } = previous === null ? beginning() : parseState(previous);
  let readLine: ReadLine = () => null;
  let invalid: SourceError | null = null;
  try {
    readLine = format === "jsonl" ? jsonLines(selection) : textLines(selection);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    invalid = error;
  }
  const leaveOut = (lineNumber: number, why: string) => {
    const { count, first, reason } = unread ?? { count: 0, first: lineNumber, reason: why };
    unread = { count: count + 1, first, last: lineNumber, reason };
  };
  return {
    add(line, lineNumber) {
      if (!HAS_CONTENT.test(line)) return;
      try {
        const read = readLine(line);
        if (read === null) return;
        fold = addToFold(fold, read.value, lineNumber);
        lastLine = lineNumber;
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        leaveOut(lineNumber, error.reason);
      }
    },
    leaveOut,
    state: () => ({ fold, line: lastLine, unread }),
    result() {
      if (invalid) throw invalid;
      const { aggregate } = selection;
      // Nothing counts yet because of a damaged line: to say so helps more than to say that nothing matches.
      if (unread && fold.count === 0 && aggregate !== "count" && aggregate !== "sum") {
        throw new SourceError(unread.reason, unread.first);
      }
      const value = foldResult(fold, aggregate);
      return { value, line: foldLine(fold, aggregate) ?? lastLine, unread };
    },
  };
}

/** NUL too is blank: a log that lost power ends with many. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const HAS_CONTENT = /[^\s\u0000]/;

function beginning(): LineState {
  return { fold: emptyFold(), line: null, unread: null };
}

function parseState(previous: unknown): LineState {
  const parsed = v.safeParse(LineStateSchema, previous);
  if (parsed.success) return parsed.output;
  throw new SourceError("what was remembered of this file is damaged. It is read from its beginning.");
}

function jsonLines({ query: expression }: Selection): ReadLine {
  const query = expression === null ? null : compileQuery(expression);
  return (line) => {
    const document = parseLine(line);
    const value = query === null ? document : query.evaluate(document);
    if (value === 0) refuseTinyNumber(line, query);
    if (query !== null) refuseRoundedNumber(line, query, value);
    return value === null && query !== null ? null : { value };
  };
}

/** Throws SourceError where a line's 0 is a number that is too small to be held. */
function refuseTinyNumber(line: string, query: Query | null): void {
  const enlarged = enlargeTinyJsonNumbers(line);
  if (enlarged === null) return;
  const document = parseLine(enlarged);
  if ((query === null ? document : query.evaluate(document)) !== 0) throw new SourceError(TOO_SMALL);
}

/** Throws SourceError where what a line gives depends on a whole number that became another one. */
function refuseRoundedNumber(line: string, query: Query, value: unknown): void {
  const shifted = shiftRoundedNumbers(line);
  if (shifted === null || typeof value === "object") return;
  if (query.evaluate(parseLine(shifted)) !== value) throw new SourceError(ROUNDED);
}

function parseLine(line: string): unknown {
  if (line.length > MAX_DEPTH && offsetBelowDepth(line, MAX_DEPTH) !== null) throw new SourceError(TOO_DEEP);
  try {
    return JSON.parse(line);
  } catch {
    throw new SourceError("this line is not valid JSON. Mend it and save the file.");
  }
}

function textLines({ match, aggregate }: Selection): ReadLine {
  if (match === null) return (line) => ({ value: cellValue(withoutAnsi(line).trim()) });
  const find = compileMatcher(match, aggregate === "count");
  return (line) => {
    const found = find(withoutAnsi(line));
    return found === null ? null : { value: cellValue(found) };
  };
}
