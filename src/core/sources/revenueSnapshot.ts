import type { ValueOrigin } from "../../protocol/origin.js";
import { parseJsonDocument } from "./jsonDocument.js";
import { builtInOrigin, firstField, isJsonObject, type JsonObject, requireNumber } from "./jsonFields.js";
import type { JsonPath } from "./jsonPath.js";
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
  const document = await parseJsonDocument(text);
  const root = document.value;
  if (!isJsonObject(root))
    throw new SourceError('this is not a snapshot of revenue. Write { "mrr": 12450 }.');
  for (const { group, path } of groupsOf(root)) {
    const field = firstField(group, MRR_KEYS, path);
    if (!field) continue;
    const [line = null] = await document.linesOf([field.path]);
    try {
      const origin = builtInOrigin("field", field.path);
      return { mrr: requireNumber(field), currency: currencyOf(group, root), line, origin };
    } catch (error) {
      throw error instanceof SourceError ? new SourceError(error.reason, line) : error;
    }
  }
  throw new SourceError('there is no monthly recurring revenue. Add "mrr".');
}

function groupsOf(root: JsonObject): { group: JsonObject; path: JsonPath }[] {
  const groups = GROUP_KEYS.map((key) => ({ group: root[key], path: [key] }));
  return [{ group: root, path: [] }, ...groups].filter(
    (candidate): candidate is { group: JsonObject; path: string[] } => isJsonObject(candidate.group),
  );
}

function currencyOf(...groups: readonly JsonObject[]): string {
  const field = groups.map((group) => firstField(group, ["currency"])).find((found) => found !== null);
  if (!field) return DEFAULT_CURRENCY;
  const code = typeof field.value === "string" ? field.value.trim().toUpperCase() : "";
  if (!Intl.supportedValuesOf("currency").includes(code)) {
    throw new SourceError('"currency" is not a currency code of ISO 4217. Write one such as "USD" or "EUR".');
  }
  return code;
}
