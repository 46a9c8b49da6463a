import type { Aggregate } from "../../protocol/origin.js";
import type { Selection } from "../config/metricDefinition.js";
import type { JsonDocument } from "../sources/jsonDocument.js";
import type { JsonPath } from "../sources/jsonPath.js";
import { SourceError } from "../sources/sourceError.js";
import { addToFold, emptyFold, type Fold, foldResult } from "./aggregate.js";
import { attempt, type Extracted } from "./extracted.js";
import { compileQuery } from "./query.js";
import { quoted } from "./scalar.js";

/** Evaluates selections over a document: a list is aggregated, anything else is the one value. */
export async function extractDocument(
  document: JsonDocument,
  selections: readonly Selection[],
): Promise<readonly Extracted[]> {
  const paths: (JsonPath | null)[] = [];
  const extracted = selections.map(({ query, aggregate }, index) =>
    attempt(() => {
      const selected = select(document, query);
      paths[index] = pathOfResult(selected, aggregate);
      const value = query === null ? selected.value : resultOf(selected.value, query);
      return { value: foldResult(foldAll(value), aggregate), line: null };
    }),
  );
  // One pass for the lines of all.
  const lines = await document.linesOf(paths.filter((path) => path != null));
  let next = 0;
  return extracted.map((each, index) => {
    const line = paths[index] == null ? null : (lines[next++] ?? null);
    if (each.ok) return { ...each, line };
    return { ok: false, error: new SourceError(each.error.reason, each.error.line ?? line) };
  });
}

/** The fold of a list's items, or of one value. */
export function foldAll(value: unknown): Fold {
  if (!Array.isArray(value)) return addToFold(emptyFold(), value);
  return value.reduce((fold: Fold, item) => addToFold(fold, item), emptyFold());
}

interface Selected {
  readonly value: unknown;
  readonly path: JsonPath | null;
}

function select(document: JsonDocument, expression: string | null): Selected {
  if (expression === null) return { value: document.value, path: [] };
  const query = compileQuery(expression);
  return { value: query.evaluate(document.value), path: query.path };
}

/**
 * A query's result, where it has one.
 * @throws SourceError where it gives nothing
 */
export function resultOf(value: unknown, expression: string): unknown {
  if (value !== null) return value;
  throw new SourceError(`the query ${quoted(expression)} gives nothing. Check its names against the file.`);
}

function pathOfResult({ value, path }: Selected, aggregate: Aggregate): JsonPath | null {
  if (path === null || !Array.isArray(value)) return path;
  if (value.length > 0 && aggregate === "first") return [...path, 0];
  return value.length > 0 && aggregate === "last" ? [...path, value.length - 1] : path;
}
