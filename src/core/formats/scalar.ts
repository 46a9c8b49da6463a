import { describeJson } from "../sources/jsonFields.js";
import { clipped } from "./clippedText.js";

/** What a metric's value can be. */
export type Scalar = number | string;

/** Digits with an optional sign, fraction and exponent; no blanks, no separators between thousands, no hexadecimal. */
const NUMERIC_TEXT = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** Whether a number is what was written: finite, and a whole number only up to 2^53 − 1. */
export function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

/** The number that a text is; `null` where it is none, or none that can be held exactly. */
export function numberOf(text: string): number | null {
  if (!NUMERIC_TEXT.test(text)) return null;
  const value = Number(text);
  if (!isExact(value)) return null;
  if (isTooSmall(text)) return null;
  return value === 0 ? 0 : value;
}

/** Whether a number in decimal digits is too small to be held: it would become 0, which nobody wrote. */
export function isTooSmall(text: string): boolean {
  return Number(text) === 0 && /[1-9]/.test(text.replace(/e.*$/i, ""));
}

/** Whether a number in decimal digits is kept as it is written: not as a neighbouring whole number, as 0 or as infinity. */
export function isKept(text: string): boolean {
  const value = Number(text);
  if (!Number.isFinite(value) || isTooSmall(text)) return false;
  return !/^-?\d+$/.test(text) || BigInt(text) === BigInt(value);
}

/** A cell of a table, a captured text or a line: the number that it is, else the text as written. */
export function cellValue(text: string): Scalar {
  return numberOf(text) ?? text;
}

/** Why a value is not a number that can be calculated with, in a sentence and what to do. */
export function whyNotNumber(value: unknown): string {
  if (Number.isNaN(value)) return "NaN is not a number. Write a plain number.";
  if (typeof value === "number") return `${value} is too large to be kept exactly. Write a smaller number.`;
  if (typeof value !== "string") return `${describeJson(value)} is not a number. Write a plain number.`;
  if (numberOf(value) !== null) return `${quoted(value)} is a text, not a number. Write it without quotes.`;
  if (NUMERIC_TEXT.test(value)) return `${quoted(value)} is too large or too small to be kept exactly.`;
  return `${quoted(value)} is not a number. Write digits and a decimal point only.`;
}

const MAX_QUOTED_LENGTH = 40;

/** A text in double quotes for a message, cut where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(clipped(text, MAX_QUOTED_LENGTH));
}
