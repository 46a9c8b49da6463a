/** Numbers in fields of the built-in data files. */
import { isExact } from "../formats/scalar.js";
import { FieldError } from "./dataDocument.js";
import { describeJson, type JsonField } from "./jsonFields.js";

/**
 * A number as the file gives it.
 * @throws FieldError for anything else, and for numbers that JavaScript cannot hold as written
 */
export function requireNumber({ path, value }: JsonField): number {
  const name = path.join(".");
  if (typeof value !== "number") {
    throw new FieldError(
      `"${name}" is ${describeJson(value)}, not a number. Write it as a plain number.`,
      path,
    );
  }
  if (!isExact(value)) throw new FieldError(`"${name}" is ${INEXACT}`, path);
  // Nobody wants to see "-0".
  return value === 0 ? 0 : value;
}

/** What a number is that only another one could stand for. */
export const INEXACT = "too large or too small to be kept exactly. Round it.";

/**
 * A whole number from 0.
 * @throws FieldError for anything else
 */
export function requireCount(field: JsonField): number {
  const count = requireNumber(field);
  if (count < 0 || !Number.isInteger(count)) {
    const name = field.path.join(".");
    throw new FieldError(
      `"${name}" is ${count}, but a count is a whole number from 0. Mend it and save the file.`,
      field.path,
    );
  }
  return count;
}
