import type { AlertDefinition } from "../config/alertDefinition.js";
import type { JsonObject } from "../config/configEdit.js";
import { parseFusionConfig } from "../config/fusionConfig.js";
import { alertId } from "./alertId.js";

/** What an alert of `fusion.json` says, or what is wrong with it, as the file's own parser puts it. */
export type CheckedAlert =
  | { readonly definition: AlertDefinition; readonly problem: null }
  | { readonly definition: null; readonly problem: string };

/** Reads an alert as `fusion.json` would hold it. */
export function checkAlert(entry: JsonObject): CheckedAlert {
  const { config, problems } = parseFusionConfig(JSON.stringify({ alerts: [entry] }));
  const [definition] = config?.alerts ?? [];
  if (definition) return { definition, problem: null };
  return { definition: null, problem: problems.find(({ severity }) => severity === "error")?.message ?? "" };
}

/** The alert among these that watches for the same already. */
export function sameAlert(
  definition: AlertDefinition,
  others: readonly AlertDefinition[],
): AlertDefinition | null {
  const id = alertId(definition);
  return others.find((other) => alertId(other) === id) ?? null;
}
