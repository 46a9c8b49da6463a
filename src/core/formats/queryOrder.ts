import { SourceError } from "../sources/sourceError.js";
import { numberOf, quoted } from "./scalar.js";

/**
 * Below 0 where `a` comes first, above 0 where `b` does. Texts too, though JMESPath compares numbers alone: dates are texts
 * here.
 * @throws SourceError for texts that are numbers, such as a table's cells, where those come in the other order
 */
export function orderOf<T extends number | string>(a: T, b: T): number {
  const order = a < b ? -1 : a > b ? 1 : 0;
  if (typeof a !== "string" || typeof b !== "string") return order;
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left === null || right === null || left === right || left < right === order < 0) return order;
  throw new SourceError(
    `"query" orders ${quoted(a)} and ${quoted(b)} as texts. Make numbers of them with to_number().`,
  );
}
