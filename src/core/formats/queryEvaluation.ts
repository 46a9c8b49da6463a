import { isJsonObject } from "../sources/jsonFields.js";
import { SourceError } from "../sources/sourceError.js";
import { callFunction, described, ExpressionReference } from "./queryFunctions.js";
import { orderOf } from "./queryOrder.js";
import type { Comparison, QueryNode } from "./queryTree.js";

/** Steps that one evaluation may take: seconds of work. A query of a hundred characters can double a list fifty times. */
const MAX_STEPS = 50_000_000;

/** Copies take room besides time. */
const STEPS_PER_COPY = 4;

/**
 * What an expression gives for a document of JSON's types; `null` for nothing. (The library's own evaluation reads keys
 * such as `constructor` from the prototype, compares texts with numbers, makes 0 of "" and fails for lists above 100,000.)
 * @throws SourceError where a value is of the wrong kind, or the query takes too long
 */
export function evaluateQuery(root: QueryNode, document: unknown): unknown {
  let steps = 0;
  const step = (count = 1) => {
    steps += count;
    if (steps > MAX_STEPS) throw new SourceError('"query" takes too long over this file. Simplify it.');
  };

  const visit = (node: QueryNode, value: unknown): unknown => {
    step();
    switch (node.type) {
      case "Identity":
      case "Current":
        return value;
      case "Literal":
        return node.value;
      case "Field":
        return isJsonObject(value) && Object.hasOwn(value, node.name) ? (value[node.name] ?? null) : null;
      case "Index":
        return Array.isArray(value) ? (value.at(node.value) ?? null) : null;
      case "Slice":
        return Array.isArray(value) ? slice(value, node.children) : null;
      case "Subexpression": {
        const left = visit(node.children[0], value);
        return left === null ? null : visit(node.children[1], left);
      }
      case "IndexExpression":
      case "Pipe":
        return visit(node.children[1], visit(node.children[0], value));
      case "OrExpression": {
        const left = visit(node.children[0], value);
        return isFalse(left) ? visit(node.children[1], value) : left;
      }
      case "AndExpression": {
        const left = visit(node.children[0], value);
        return isFalse(left) ? left : visit(node.children[1], value);
      }
      case "NotExpression":
        return isFalse(visit(node.children[0], value));
      case "Comparator":
        return compare(node.name, visit(node.children[0], value), visit(node.children[1], value), step);
      case "Projection": {
        const list = visit(node.children[0], value);
        return Array.isArray(list) ? project(node.children[1], list) : null;
      }
      case "ValueProjection": {
        const object = visit(node.children[0], value);
        return isJsonObject(object) ? project(node.children[1], Object.values(object)) : null;
      }
      case "FilterProjection": {
        const [list, result, condition] = node.children;
        const items = visit(list, value);
        if (!Array.isArray(items)) return null;
        return project(
          result,
          items.filter((item) => !isFalse(visit(condition, item))),
        );
      }
      case "Flatten": {
        const list = visit(node.children[0], value);
        return Array.isArray(list) ? flatten(list) : null;
      }
      case "MultiSelectList":
        return value === null ? null : node.children.map((child) => visit(child, value));
      case "MultiSelectHash":
        if (value === null) return null;
        return Object.fromEntries(node.children.map((pair) => [pair.name, visit(pair.value, value)]));
      case "ExpressionReference": {
        const [expression] = node.children;
        return new ExpressionReference((item) => visit(expression, item));
      }
      case "Function": {
        const values = node.children.map((child) => visit(child, value));
        for (const item of values) step(Array.isArray(item) ? item.length : 1);
        return callFunction(node.name, values);
      }
    }
  };

  const project = (node: QueryNode, items: readonly unknown[]): unknown[] => {
    const results: unknown[] = [];
    for (const item of items) {
      const result = visit(node, item);
      if (result !== null) results.push(result);
    }
    return results;
  };

  const flatten = (list: readonly unknown[]): unknown[] => {
    for (const item of list) step(STEPS_PER_COPY * (Array.isArray(item) ? 1 + item.length : 1));
    return list.flat();
  };

  const result = visit(root, document);
  if (result instanceof ExpressionReference) {
    throw new SourceError('"query" gives an expression, not a value. Remove the &.');
  }
  return result;
}

/** What counts as false: nothing, false, and what is empty. */
function isFalse(value: unknown): boolean {
  if (value === null || value === false || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && !(value instanceof ExpressionReference) && Object.keys(value).length === 0;
}

function compare(comparison: Comparison, left: unknown, right: unknown, step: () => void): boolean | null {
  if (comparison === "EQ") return equal(left, right, step);
  if (comparison === "NE") return !equal(left, right, step);
  if (typeof left === "number" && typeof right === "number") return ordered(comparison, left, right);
  if (typeof left === "string" && typeof right === "string") return ordered(comparison, left, right);
  if (typeof left === "string" && typeof right === "number") throw mixed(left, right);
  if (typeof left === "number" && typeof right === "string") throw mixed(right, left);
  return null;
}

function ordered<T extends number | string>(comparison: Comparison, left: T, right: T): boolean {
  const order = orderOf(left, right);
  switch (comparison) {
    case "LT":
      return order < 0;
    case "LTE":
      return order <= 0;
    case "GT":
      return order > 0;
    default:
      return order >= 0;
  }
}

function mixed(text: string, number: number): SourceError {
  return new SourceError(
    `"query" compares ${described(text)} with the number ${number}. Make it a number with to_number().`,
  );
}

function equal(left: unknown, right: unknown, step: () => void): boolean {
  step();
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => equal(item, right[index], step));
  }
  if (Array.isArray(left) || Array.isArray(right) || !isJsonObject(left) || !isJsonObject(right))
    return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equal(left[key], right[key], step))
  );
}

/** Part of a list as Python's slices are: negative positions count from the end, a negative step goes backwards. */
function slice(
  list: readonly unknown[],
  [from, to, by]: readonly [number | null, number | null, number | null],
): unknown[] {
  const step = by ?? 1;
  const [lowest, highest] = step > 0 ? [0, list.length] : [-1, list.length - 1];
  const bound = (position: number) =>
    Math.min(Math.max(position < 0 ? position + list.length : position, lowest), highest);
  const start = from === null ? (step > 0 ? lowest : highest) : bound(from);
  const end = to === null ? (step > 0 ? highest : lowest) : bound(to);
  const part: unknown[] = [];
  for (let at = start; step > 0 ? at < end : at > end; at += step) part.push(list[at]);
  return part;
}
