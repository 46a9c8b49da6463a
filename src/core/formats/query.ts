import { compile, tokenize } from "jmespath";
import type { JsonPath } from "../sources/jsonPath.js";
import { SourceError } from "../sources/sourceError.js";
import { evaluateQuery } from "./queryEvaluation.js";
import { callFault } from "./queryFunctions.js";
import type { QueryNode } from "./queryTree.js";

declare module "jmespath" {
  // The library has these, its types do not.
  export function compile(expression: string): unknown;
  export function tokenize(
    expression: string,
  ): ({ readonly type: string; readonly start: number } | undefined)[];
}

/** A compiled JMESPath expression. */
export interface Query {
  /** Where its value stands in a document, for expressions as simple as `a.b[0].c`; else `null`. */
  readonly path: JsonPath | null;
  /**
   * What it gives for a document of JSON's types; `null` for nothing.
   * @throws SourceError where a value is of the wrong kind, or the work is too much
   */
  evaluate(document: unknown): unknown;
}

/** Longer expressions are refused: the parser calls itself for every bracket. In UTF-16 code units. */
const MAX_QUERY_LENGTH = 1_000;

/**
 * Compiles JMESPath.
 * @throws SourceError that says what is wrong, and at which character, counted from 1
 */
export function compileQuery(expression: string): Query {
  if (expression.length > MAX_QUERY_LENGTH) {
    throw new SourceError(`"query" is longer than ${MAX_QUERY_LENGTH} characters. Shorten it.`);
  }
  const tree = parse(expression);
  return { path: pathOf(tree), evaluate: (document) => evaluateWithin(tree, document) };
}

function evaluateWithin(tree: QueryNode, document: unknown): unknown {
  try {
    return evaluateQuery(tree, document);
  } catch (error) {
    // The stack, or a text longer than texts can be.
    if (!(error instanceof RangeError)) throw error;
    throw new SourceError('"query" makes more of this file than can be held. Simplify it.');
  }
}

function parse(expression: string): QueryNode {
  let tree: unknown;
  try {
    tree = compile(expression);
  } catch {
    throw syntaxError(expression);
  }
  const fault = numberFault(expression) ?? faultIn(tree);
  if (fault !== null) throw new SourceError(`"query" is not valid: ${fault}.`);
  // Every node has been looked at.
  return tree as QueryNode;
}

/** What the parser lets pass: parts left out, positions that are none, functions that do not exist. */
function faultIn(node: unknown): string | null {
  if (typeof node !== "object" || node === null) return "something is missing in it";
  const { type, name, value, children = [] } = node as Readonly<Record<string, unknown>>;
  if (type === "Index") return Number.isSafeInteger(value) ? null : "a position in [ ] is not a whole number";
  if (!Array.isArray(children)) return "something is missing in it";
  if (type === "Slice") return sliceFault(children);
  if (type === "Function") {
    const fault = callFault(String(name), children.length);
    if (fault !== null) return fault;
  }
  const parts = type === "MultiSelectHash" ? children.map((pair) => pair?.value) : children;
  return parts.map(faultIn).find((fault) => fault !== null) ?? null;
}

/** The parser reads 1-2 as 1. */
function numberFault(expression: string): string | null {
  const odd = tokenize(expression).some(
    (token) => token?.type === "Number" && !/^-?\d+(?![\d-])/.test(expression.slice(token.start)),
  );
  return odd ? "a position in [ ] is not a whole number" : null;
}

function sliceFault(bounds: readonly unknown[]): string | null {
  if (!bounds.every((bound) => bound === null || Number.isSafeInteger(bound))) {
    return "a position in [ ] is not a whole number";
  }
  return bounds[2] === 0 ? "a slice's step is 0" : null;
}

/**
 * The parser does not say where it stopped. It reads from left to right, so it stopped at the last word of the shortest
 * beginning that is wrong for another reason than its end.
 */
function syntaxError(expression: string): SourceError {
  const starts = tokenStarts(expression);
  if (starts === null) {
    return new SourceError(
      '"query" is not valid: it holds a character that JMESPath does not know, or a quote is not closed.',
    );
  }
  let right = 0;
  let wrong = starts.length;
  while (right < wrong) {
    const middle = (right + wrong) >> 1;
    if (isComplaintAboutEnd(expression.slice(0, starts[middle + 1]))) right = middle + 1;
    else wrong = middle;
  }
  const start = starts[wrong];
  if (start === undefined) {
    return new SourceError('"query" is not valid: it ends too early, or a bracket is not closed.');
  }
  const rest = expression.slice(start);
  const hint = /^[\d-]/.test(rest) ? " A number to compare with is written between backticks: `5`." : "";
  const word = /^(?:[\w-]+|[<>=!&|]+|\S)/.exec(rest)?.[0] ?? rest;
  return new SourceError(`"query" is not valid: ${word} does not fit at character ${start + 1}.${hint}`);
}

/** Where the words of an expression begin; `null` where it does not even consist of words. */
function tokenStarts(expression: string): readonly number[] | null {
  try {
    // The library gives `undefined` for a single "=".
    return tokenize(expression).map((token) => token?.start ?? expression.search(/(?<![<>=!])=(?!=)/));
  } catch {
    return null;
  }
}

/** Whether a beginning of an expression is right as far as it goes. */
function isComplaintAboutEnd(beginning: string): boolean {
  try {
    compile(beginning);
    return true;
  } catch (error) {
    // Past its end the parser reads the type of a word that is not there.
    return error instanceof TypeError || (error instanceof Error && /\bEOF\b/.test(error.message));
  }
}

function pathOf(node: QueryNode): JsonPath | null {
  switch (node.type) {
    case "Identity":
    case "Current":
      return [];
    case "Field":
      return [node.name];
    case "Index":
      return node.value >= 0 ? [node.value] : null;
    case "Subexpression":
    case "IndexExpression": {
      const [left, right] = node.children.map(pathOf);
      return left && right ? [...left, ...right] : null;
    }
    default:
      return null;
  }
}
