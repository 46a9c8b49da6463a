import * as v from "valibot";
import type { Aggregate } from "../../protocol/origin.js";
import { SourceError } from "../sources/sourceError.js";
import { clipped } from "./clippedText.js";
import { CompensatedSumSchema, EMPTY_SUM, plus, total } from "./compensatedSum.js";
import { percentage } from "./percentage.js";
import { isExact, type Scalar, whyNotNumber } from "./scalar.js";

const LineSchema = v.nullable(v.number());

/** A value that can be a metric's, or why it cannot. */
const FoldedSchema = v.union([
  v.strictObject({ value: v.union([v.number(), v.string()]), line: LineSchema }),
  v.strictObject({ refused: v.string(), line: LineSchema }),
]);
type Folded = Readonly<v.InferOutput<typeof FoldedSchema>>;

/** What a fold that was stored must look like. */
export const FoldSchema = v.strictObject({
  count: v.number(),
  first: v.nullable(FoldedSchema),
  last: v.nullable(FoldedSchema),
  /** Of the numbers alone. */
  sum: CompensatedSumSchema,
  min: v.nullable(v.number()),
  max: v.nullable(v.number()),
  booleans: v.number(),
  trues: v.number(),
  /** The first value that is not a number. */
  notANumber: v.nullable(v.strictObject({ reason: v.string(), line: LineSchema })),
});

/**
 * What must be kept of values, one after the other, to give any aggregate of them. It is plain JSON, so that reading a
 * log can go on from where it was left.
 */
export type Fold = Readonly<v.InferOutput<typeof FoldSchema>>;

/** Longer texts are cut: a card, a client and a checkpoint hold them. In UTF-16 code units. */
const MAX_TEXT_LENGTH = 1_000;

export function emptyFold(): Fold {
  return {
    count: 0,
    first: null,
    last: null,
    sum: EMPTY_SUM,
    min: null,
    max: null,
    booleans: 0,
    trues: 0,
    notANumber: null,
  };
}

/**
 * The fold with one more value, of any type.
 * @param line where the value stands, counted from 1
 */
export function addToFold(fold: Fold, value: unknown, line: number | null = null): Fold {
  const last = toFolded(value, line);
  const isNumber = typeof value === "number" && isExact(value);
  // Written out: spreading the fold takes several times as long, for each of millions of lines.
  return {
    count: fold.count + 1,
    first: fold.first ?? last,
    last,
    sum: isNumber ? plus(fold.sum, value) : fold.sum,
    min: isNumber && (fold.min === null || value < fold.min) ? value : fold.min,
    max: isNumber && (fold.max === null || value > fold.max) ? value : fold.max,
    booleans: fold.booleans + (typeof value === "boolean" ? 1 : 0),
    trues: fold.trues + (value === true ? 1 : 0),
    notANumber: isNumber ? fold.notANumber : (fold.notANumber ?? { reason: whyNotNumber(value), line }),
  };
}

/** Where the first or last value of a fold stands; `null` where that is not known, and for the other aggregates. */
export function foldLine(fold: Fold, aggregate: Aggregate): number | null {
  if (aggregate === "first") return fold.first?.line ?? null;
  return aggregate === "last" ? (fold.last?.line ?? null) : null;
}

/**
 * One value of all that were added: the last or first as it is (truth values as "true" and "false", long texts cut), their
 * number, a calculation with numbers alone, or the share of true ones in percent.
 * @throws SourceError where nothing was added (but for count and sum, which are 0 then), or a value does not allow it
 */
export function foldResult(fold: Fold, aggregate: Aggregate): Scalar {
  switch (aggregate) {
    case "count":
      return fold.count;
    case "first":
      return scalarOf(fold.first);
    case "last":
      return scalarOf(fold.last);
    case "progress":
      return shareOfTrue(fold);
  }
  if (fold.notANumber) throw new SourceError(fold.notANumber.reason, fold.notANumber.line);
  if (aggregate === "sum") return exact(total(fold.sum), "the sum is too large to be kept exactly.");
  if (fold.min === null || fold.max === null) throw nothing();
  switch (aggregate) {
    case "min":
      return unsignedZero(fold.min);
    case "max":
      return unsignedZero(fold.max);
    case "avg":
      return exact(total(fold.sum) / fold.count, "the average is too large to be kept exactly.");
  }
}

function toFolded(value: unknown, line: number | null): Folded {
  switch (typeof value) {
    case "number":
      if (!isExact(value)) return { refused: whyNotNumber(value), line };
      return { value: unsignedZero(value), line };
    case "boolean":
      return { value: String(value), line };
    case "string":
      return { value: clipped(value, MAX_TEXT_LENGTH), line };
    default:
      return { refused: whatIsNoValue(value), line };
  }
}

function whatIsNoValue(value: unknown): string {
  if (value === null) return "the value is null. Write a number or a text.";
  return `the value is ${Array.isArray(value) ? "a list" : "an object"}. Name one value in it with "query".`;
}

function scalarOf(folded: Folded | null): Scalar {
  if (folded === null) throw nothing();
  if ("refused" in folded) throw new SourceError(folded.refused, folded.line);
  return folded.value;
}

function shareOfTrue({ count, booleans, trues }: Fold): number {
  if (count === 0) throw nothing();
  if (booleans < count) {
    throw new SourceError('"progress" is for values that are true or false, and for task lists in Markdown.');
  }
  return percentage(trues, count);
}

function exact(value: number, reason: string): number {
  if (!isExact(value)) throw new SourceError(reason);
  return unsignedZero(value);
}

/** Nobody wants to see "-0". */
function unsignedZero(value: number): number {
  return value === 0 ? 0 : value;
}

function nothing(): SourceError {
  return new SourceError("nothing matches yet.");
}
