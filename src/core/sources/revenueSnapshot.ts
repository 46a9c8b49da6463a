import type { ValueOrigin } from "../../protocol/origin.js";
import { FieldError, findInDocument } from "./dataDocument.js";
import { builtInOrigin, firstField, isJsonObject, type JsonField, type JsonObject } from "./jsonFields.js";
import type { JsonPath } from "./jsonPath.js";
import { requireNumber } from "./numberField.js";
import { SourceError } from "./sourceError.js";

export interface RevenueSnapshot {
  /** Monthly recurring revenue, in units of `currency`. */
  readonly mrr: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly line: number | null;
  readonly origin: ValueOrigin;
}

const MRR_KEYS = ["mrr", "MRR", "monthlyRecurringRevenue", "monthly_recurring_revenue"];
const GROUP_KEYS = ["revenue", "metrics"];
const DEFAULT_CURRENCY = "USD";

/**
 * Monthly recurring revenue of a snapshot, at its root or in its group `revenue` or `metrics`.
 * @throws SourceError
 */
export async function parseRevenueSnapshot(text: string): Promise<RevenueSnapshot> {
  const { found, document } = await findInDocument(text, findRevenue);
  const [line = null] = await document.linesOf([found.path]);
  return { mrr: found.mrr, currency: found.currency, line, origin: builtInOrigin("field", found.path) };
}

function findRevenue(root: unknown) {
  if (!isJsonObject(root))
    throw new SourceError('this is not a snapshot of revenue. Write { "mrr": 12450 }.');
  const groups = groupsOf(root);
  for (const own of groups) {
    const field = firstField(own.group, MRR_KEYS, own.path);
    if (!field) continue;
    // Beside the amount, else at the root, which is the first group, else wherever the file names one.
    const [currency = null] = [own, ...groups].flatMap(
      ({ group, path }) => firstField(group, ["currency"], path) ?? [],
    );
    return { path: field.path, mrr: requireNumber(field), currency: currencyOf(currency) };
  }
  throw new SourceError('there is no monthly recurring revenue. Add "mrr".');
}

function groupsOf(root: JsonObject): { group: JsonObject; path: JsonPath }[] {
  const groups = GROUP_KEYS.map((key) => ({ group: root[key], path: [key] }));
  return [{ group: root, path: [] }, ...groups].filter(
    (candidate): candidate is { group: JsonObject; path: string[] } => isJsonObject(candidate.group),
  );
}

function currencyOf(field: JsonField | null): string {
  if (!field) return DEFAULT_CURRENCY;
  const code = typeof field.value === "string" ? field.value.trim().toUpperCase() : "";
  if (!Intl.supportedValuesOf("currency").includes(code)) {
    throw new FieldError(
      '"currency" is not a currency code of ISO 4217. Write one such as "USD" or "EUR".',
      field.path,
    );
  }
  return code;
}
