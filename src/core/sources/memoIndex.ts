import type { BuiltInRule, ValueOrigin } from "../../protocol/origin.js";
import { FieldError, findInDocument } from "./dataDocument.js";
import { builtInOrigin, describeJson, firstField, isJsonObject, type JsonField } from "./jsonFields.js";
import type { JsonPath } from "./jsonPath.js";
import { INEXACT, requireCount } from "./numberField.js";
import { SourceError } from "./sourceError.js";

export interface MemoIndex {
  readonly total: number;
  readonly line: number | null;
  readonly origin: ValueOrigin;
}

const TOTAL_KEYS = ["totalMemos", "total_memos", "total", "count"];
const DIVISION_COUNT_KEYS = [...TOTAL_KEYS, "memoCount", "memo_count", "memos"];

/**
 * How many memos an index names: a total, else the length of its list, else the sum over its divisions.
 * @throws SourceError
 */
export async function parseMemoIndex(text: string): Promise<MemoIndex> {
  const { found, document } = await findInDocument(text, countMemos);
  const { total, path, rule } = found;
  const [line = null] = await document.linesOf([path]);
  return { total, line, origin: builtInOrigin(rule, path) };
}

interface Count {
  readonly total: number;
  readonly path: JsonPath;
  readonly rule: BuiltInRule;
}

function countMemos(value: unknown): Count {
  if (Array.isArray(value)) return { total: value.length, path: [], rule: "length" };
  if (!isJsonObject(value))
    throw new SourceError(
      `the file holds ${describeJson(value)}, not an index of memos. Write { "totalMemos": 17 }.`,
    );
  const total = firstField(value, TOTAL_KEYS);
  if (total) return { total: requireCount(total), path: total.path, rule: "field" };
  const memos = firstField(value, ["memos"]);
  if (memos) return { total: countOf(memos, "list"), path: memos.path, rule: "length" };
  const divisions = firstField(value, ["divisions"]);
  if (divisions) return { total: sumDivisions(divisions), path: divisions.path, rule: "divisions" };
  throw new SourceError('there is no count of memos. Add "totalMemos", a list "memos" or "divisions".');
}

function sumDivisions({ path, value }: JsonField): number {
  if (typeof value !== "object" || value === null) {
    throw new FieldError(
      `"divisions" is ${describeJson(value)}, not a list or an object of divisions. Write { "count": 17 } in each.`,
      path,
    );
  }
  const divisions = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  const counts = divisions.map(([key, division]) =>
    countOf({ path: [...path, key], value: division }, "division"),
  );
  const sum = counts.reduce((all, count) => all + count, 0);
  if (!Number.isSafeInteger(sum)) throw new FieldError(`the sum of "divisions" is ${INEXACT}`, path);
  return sum;
}

function countOf(field: JsonField, kind: "list" | "division"): number {
  if (Array.isArray(field.value)) return field.value.length;
  if (kind === "list") {
    throw new FieldError(
      `"${field.path.join(".")}" is ${describeJson(field.value)}, not a list of memos. Write "totalMemos" for a number.`,
      field.path,
    );
  }
  if (!isJsonObject(field.value)) return requireCount(field);
  const count = firstField(field.value, DIVISION_COUNT_KEYS, field.path);
  if (!count) {
    throw new FieldError(`the division "${field.path.join(".")}" has no "count". Add it.`, field.path);
  }
  return Array.isArray(count.value) ? count.value.length : requireCount(count);
}
