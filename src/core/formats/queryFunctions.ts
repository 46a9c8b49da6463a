import { isJsonObject } from "../sources/jsonFields.js";
import { SourceError } from "../sources/sourceError.js";
import { EMPTY_SUM, plus, total } from "./compensatedSum.js";
import { orderOf } from "./queryOrder.js";
import { numberOf, quoted } from "./scalar.js";

/** An expression given to a function, `&price`: applied to one value at a time. */
export class ExpressionReference {
  constructor(readonly apply: (value: unknown) => unknown) {}
}

/** Every kind that a function may take, with what it then gets. */
interface Kinds {
  "any value": unknown;
  "a number": number;
  "a text": string;
  "a list": readonly unknown[];
  "an object": Readonly<Record<string, unknown>>;
  "an expression such as &name": ExpressionReference;
  "a list of numbers": readonly number[];
  "a list of texts": readonly string[];
  "a list of numbers or of texts": readonly number[] | readonly string[];
  "a text or a list": string | readonly unknown[];
  "a text, a list or an object": string | readonly unknown[] | Readonly<Record<string, unknown>>;
}
type Kind = keyof Kinds;

const isNumber = (value: unknown) => typeof value === "number";
const isText = (value: unknown) => typeof value === "string";
const isObject = (value: unknown) => isJsonObject(value) && !(value instanceof ExpressionReference);

const IS_OF_KIND: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  "any value": () => true,
  "a number": isNumber,
  "a text": isText,
  "a list": Array.isArray,
  "an object": isObject,
  "an expression such as &name": (value) => value instanceof ExpressionReference,
  "a list of numbers": (value) => Array.isArray(value) && value.every(isNumber),
  "a list of texts": (value) => Array.isArray(value) && value.every(isText),
  "a list of numbers or of texts": (value) =>
    Array.isArray(value) && (value.every(isNumber) || value.every(isText)),
  "a text or a list": (value) => isText(value) || Array.isArray(value),
  "a text, a list or an object": (value) => isText(value) || Array.isArray(value) || isObject(value),
};

interface QueryFunction {
  readonly takes: readonly Kind[];
  /** The last kind may come more than once. */
  readonly repeats: boolean;
  readonly call: (values: readonly unknown[]) => unknown;
}

function takes<const K extends readonly Kind[]>(
  kinds: K,
  call: (...values: { [I in keyof K]: Kinds[K[I]] }) => unknown,
): QueryFunction {
  // The values are checked against the kinds before every call.
  return {
    takes: kinds,
    repeats: false,
    call: (values) => call(...(values as { [I in keyof K]: Kinds[K[I]] })),
  };
}

function takesMany<K extends Kind>(kind: K, call: (values: readonly Kinds[K][]) => unknown): QueryFunction {
  return { takes: [kind], repeats: true, call: (values) => call(values as readonly Kinds[K][]) };
}

/** JMESPath's functions, with `to_number` as strict as everything here and sums that lose nothing. */
const FUNCTIONS: ReadonlyMap<string, QueryFunction> = new Map([
  ["abs", takes(["a number"], Math.abs)],
  ["avg", takes(["a list of numbers"], (list) => (list.length === 0 ? null : sumOf(list) / list.length))],
  ["ceil", takes(["a number"], Math.ceil)],
  ["contains", takes(["a text or a list", "any value"], contains)],
  ["ends_with", takes(["a text", "a text"], (text, end) => text.endsWith(end))],
  ["floor", takes(["a number"], Math.floor)],
  ["join", takes(["a text", "a list of texts"], (glue, texts) => texts.join(glue))],
  ["keys", takes(["an object"], Object.keys)],
  ["length", takes(["a text, a list or an object"], lengthOf)],
  [
    "map",
    takes(["an expression such as &name", "a list"], ({ apply }, list) => list.map((item) => apply(item))),
  ],
  ["max", takes(["a list of numbers or of texts"], (list) => extreme<unknown>(list, itself, isGreater))],
  [
    "max_by",
    takes(["a list", "an expression such as &name"], (list, by) => extreme(list, keyOf(by), isGreater)),
  ],
  ["merge", takesMany("an object", (objects) => Object.fromEntries(objects.flatMap(Object.entries)))],
  ["min", takes(["a list of numbers or of texts"], (list) => extreme<unknown>(list, itself, isSmaller))],
  [
    "min_by",
    takes(["a list", "an expression such as &name"], (list, by) => extreme(list, keyOf(by), isSmaller)),
  ],
  ["not_null", takesMany("any value", (values) => values.find((value) => value !== null) ?? null)],
  ["reverse", takes(["a text or a list"], reverse)],
  ["sort", takes(["a list of numbers or of texts"], (list) => sorted<unknown>(list, itself))],
  ["sort_by", takes(["a list", "an expression such as &name"], (list, by) => sorted(list, keyOf(by)))],
  ["starts_with", takes(["a text", "a text"], (text, start) => text.startsWith(start))],
  ["sum", takes(["a list of numbers"], sumOf)],
  ["to_array", takes(["any value"], (value) => (Array.isArray(value) ? value : [value]))],
  ["to_number", takes(["any value"], toNumber)],
  ["to_string", takes(["any value"], (value) => (typeof value === "string" ? value : JSON.stringify(value)))],
  ["type", takes(["any value"], typeName)],
  ["values", takes(["an object"], Object.values)],
]);

/** What is wrong with a call before any value is known; `null` where nothing is. */
export function callFault(name: string, argumentCount: number): string | null {
  const found = FUNCTIONS.get(name);
  if (!found) return `there is no function ${name}()`;
  const wanted = found.takes.length;
  if (found.repeats ? argumentCount >= wanted : argumentCount === wanted) return null;
  return wanted === 1
    ? `${name}() takes 1 value, but is given ${argumentCount}`
    : `${name}() takes ${wanted} values, but is given ${argumentCount}`;
}

/**
 * Calls a function whose name and number of values were checked.
 * @throws SourceError for values of the wrong kind
 */
export function callFunction(name: string, values: readonly unknown[]): unknown {
  const found = FUNCTIONS.get(name);
  if (!found) throw new SourceError(`there is no function ${name}() in JMESPath.`);
  for (const [index, value] of values.entries()) {
    const kind = found.takes[Math.min(index, found.takes.length - 1)] ?? "any value";
    if (IS_OF_KIND[kind](value)) continue;
    throw new SourceError(`${name}() in "query" needs ${kind}, but is given ${described(value)}.`);
  }
  return found.call(values);
}

/** A value in words for a message about a query. */
export function described(value: unknown): string {
  if (value === null) return "nothing (null)";
  if (value instanceof ExpressionReference) return "an expression";
  if (typeof value === "string") return `the text ${quoted(value)}`;
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list of something else";
  return typeof value === "object" ? "an object" : String(value);
}

function sumOf(list: readonly number[]): number {
  return total(list.reduce(plus, EMPTY_SUM));
}

function contains(within: string | readonly unknown[], value: unknown): boolean {
  if (typeof within !== "string") return within.includes(value);
  return typeof value === "string" && within.includes(value);
}

function lengthOf(value: Kinds["a text, a list or an object"]): number {
  // JMESPath counts a text's code points.
  if (typeof value === "string") return [...value].length;
  return Array.isArray(value) ? value.length : Object.keys(value).length;
}

function reverse(value: string | readonly unknown[]): unknown {
  return typeof value === "string" ? [...value].reverse().join("") : [...value].reverse();
}

function toNumber(value: unknown): number | null {
  if (typeof value === "number") return value;
  return typeof value === "string" ? numberOf(value) : null;
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

type Key = number | string;

const itself = (value: unknown) => value as Key;
const isGreater = (a: Key, b: Key) => orderOf(a, b) > 0;
const isSmaller = (a: Key, b: Key) => orderOf(a, b) < 0;

/** The key that an expression gives for a list's items: numbers for all of them, or texts for all of them. */
function keyOf({ apply }: ExpressionReference): (value: unknown) => Key {
  let type: string | null = null;
  return (value) => {
    const key = apply(value);
    type ??= typeof key;
    if ((typeof key === "number" || typeof key === "string") && typeof key === type) return key;
    throw new SourceError(
      `"query" orders by numbers or by texts, but an expression with & gives ${described(key)}.`,
    );
  };
}

function extreme<T>(
  list: readonly T[],
  key: (value: T) => Key,
  better: (a: Key, b: Key) => boolean,
): T | null {
  let best: { item: T; key: Key } | null = null;
  for (const item of list) {
    const candidate = { item, key: key(item) };
    if (best === null || better(candidate.key, best.key)) best = candidate;
  }
  return best === null ? null : best.item;
}

function sorted<T>(list: readonly T[], key: (value: T) => Key): T[] {
  return list
    .map((item) => ({ item, key: key(item) }))
    .sort((a, b) => orderOf(a.key, b.key))
    .map(({ item }) => item);
}
