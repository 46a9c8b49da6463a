import type { InsightPriority } from "../../protocol/snapshot.js";
import { clipped } from "../formats/clippedText.js";
import { isExact } from "../formats/scalar.js";
import { FieldError, findInDocument } from "./dataDocument.js";
import { describeJson, firstField, isJsonObject } from "./jsonFields.js";
import type { JsonPath } from "./jsonPath.js";
import type { Recommendation } from "./source.js";
import { SourceError } from "./sourceError.js";

/** More are counted and not listed: every snapshot carries the list to every client. */
const MAX_LISTED = 1_000;

/** Longer texts are cut, for the same reason. In UTF-16 code units. */
const MAX_TEXT_LENGTH = 2_000;

/** The recommendations of a file. */
export interface Recommendations {
  readonly count: number;
  /** The first of them, in the file's order; each with an id of its own. */
  readonly listed: readonly Recommendation[];
}

/**
 * Reads the recommendations of a root list or of the list `recommendations`.
 * @throws SourceError
 */
export async function parseRecommendations(text: string): Promise<Recommendations> {
  const { found, document } = await findInDocument(text, listOf);
  const { items, path } = found;
  const first = items.slice(0, MAX_LISTED);
  const lines = await document.linesOf(first.map((_, index) => [...path, index]));
  const taken = new Set<string>();
  const listed = first.map((item, index) => ({
    ...parseItem(item, index, taken),
    line: lines[index] ?? null,
  }));
  return { count: items.length, listed };
}

function listOf(value: unknown): { items: readonly unknown[]; path: JsonPath } {
  if (Array.isArray(value)) return { items: value, path: [] };
  const field = isJsonObject(value) ? firstField(value, ["recommendations"]) : null;
  if (Array.isArray(field?.value)) return { items: field.value, path: field.path };
  if (field) {
    throw new FieldError(
      `"recommendations" is ${describeJson(field.value)}, not a list. Write [].`,
      field.path,
    );
  }
  throw new SourceError('there is no list of recommendations. Add "recommendations": [].');
}

function parseItem(item: unknown, index: number, taken: Set<string>): Omit<Recommendation, "line"> {
  const fields = isJsonObject(item) ? item : { title: item };
  const description = textOf(fields.description) ?? textOf(fields.rationale);
  return {
    id: uniqueId(textOf(fields.id) ?? String(index + 1), taken),
    title: textOf(fields.title) ?? description ?? `Recommendation ${index + 1}`,
    priority: priorityOf(fields.priority),
    description: textOf(fields.title) === null ? null : description,
  };
}

function textOf(value: unknown): string | null {
  // Of two ids beyond 2^53, both could come out as a third.
  if (typeof value === "number") return isExact(value) ? String(value) : null;
  const text = typeof value === "string" ? value.trim() : "";
  if (text === "") return null;
  return clipped(text, MAX_TEXT_LENGTH);
}

function priorityOf(value: unknown): InsightPriority | null {
  const word = typeof value === "string" ? value.trim().toLowerCase() : "";
  return word === "high" || word === "medium" || word === "low" ? word : null;
}

function uniqueId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let copy = 2; taken.has(id); copy++) id = `${wanted} (${copy})`;
  taken.add(id);
  return id;
}
