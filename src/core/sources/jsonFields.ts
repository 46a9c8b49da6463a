/** Reading fields of parsed JSON without ever coercing one. */
import type { BuiltInRule, ValueOrigin } from "../../protocol/origin.js";
import type { JsonPath } from "./jsonPath.js";

export type JsonObject = Readonly<Record<string, unknown>>;

/** A field that is there, with its path from the document's root. */
export interface JsonField {
  readonly path: JsonPath;
  readonly value: unknown;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The first of these keys that an object itself has. */
export function firstField(
  object: JsonObject,
  keys: readonly string[],
  path: JsonPath = [],
): JsonField | null {
  const key = keys.find((candidate) => Object.hasOwn(object, candidate));
  return key === undefined ? null : { path: [...path, key], value: object[key] };
}

/** How a value of a built-in data file was found; the path of the document's root is empty. */
export function builtInOrigin(rule: BuiltInRule, path: JsonPath): ValueOrigin {
  return { kind: "builtIn", rule, ...(path.length === 0 ? {} : { field: path.join(".") }) };
}

/** What a value is, in words for a message. */
export function describeJson(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "string") return value === "" ? "an empty text" : "a text";
  return String(value);
}
