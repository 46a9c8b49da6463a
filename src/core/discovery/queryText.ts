import type { Scalar } from "../formats/scalar.js";

const IDENTIFIER = /^[A-Za-z_]\w*$/;
const PLAIN_TEXT = /^[^'\\\p{C}]*$/u;

/** Keys as JMESPath names them from one object to the next: `user."first name"`. */
export function pathText(keys: readonly string[]): string {
  return keys.map((key) => (IDENTIFIER.test(key) ? key : JSON.stringify(key))).join(".");
}

/** An expression for what stands at these keys in what another one gives; "" is the whole document. */
export function below(base: string, keys: readonly string[]): string {
  return [base, pathText(keys)].filter((part) => part !== "").join(".");
}

/** A value to compare with: `'open'` as people write it, anything else as JSON between backticks. */
export function literalText(value: Scalar | boolean): string {
  if (typeof value === "string" && PLAIN_TEXT.test(value)) return `'${value}'`;
  return `\`${JSON.stringify(value).replaceAll("`", "\\`")}\``;
}
