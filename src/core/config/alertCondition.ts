import type { AlertCondition } from "../../protocol/alerts.js";
import type { ConfigObject } from "./configObject.js";
import { replaceBy } from "./configProblem.js";
import { listed } from "./suggestion.js";
import { type AlertKey, CONDITION_KEYS, type ConditionKey } from "./vocabulary.js";

const MAX_TEXT = 1_000;

type AlertObject = ConfigObject<AlertKey>;

/** Which conditions each of these belongs to. */
const BELONGS_TO = {
  within: ["risesBy", "fallsBy"],
  clearAbove: ["below"],
  clearBelow: ["above"],
  for: ["below", "above", "becomes", "risesBy", "fallsBy"],
} as const satisfies Partial<Record<AlertKey, readonly ConditionKey[]>>;

/** What makes an alert fire; `null`, with an error among the problems, where that is not said or wrong. */
export function parseCondition(alert: AlertObject): AlertCondition | null {
  const [kind, second] = alert.present(CONDITION_KEYS);
  if (kind === undefined) {
    if (alert.hasUnknown) return null;
    alert.problems.error(alert.node, `This alert does not say when it fires. Add ${listed(CONDITION_KEYS)}.`);
    return null;
  }
  if (second !== undefined) {
    alert.misplaced(second, `"${second}" cannot stand beside "${kind}". Make two alerts of it.`);
    return null;
  }
  for (const key of alert.present(["within", "clearAbove", "clearBelow", "for"])) {
    const conditions: readonly ConditionKey[] = BELONGS_TO[key];
    if (!conditions.includes(kind)) {
      alert.misplaced(key, `"${key}" goes with ${listed(conditions)}, not with "${kind}". Remove it.`);
    }
  }
  switch (kind) {
    case "below":
      return parseBelow(alert);
    case "above":
      return parseAbove(alert);
    case "becomes":
      return parseBecomes(alert);
    case "risesBy":
    case "fallsBy":
      return parseChange(alert, kind);
    case "noDataFor": {
      const ms = alert.duration("noDataFor", false);
      return ms === null ? null : { kind, ms };
    }
  }
}

function parseBelow(alert: AlertObject): AlertCondition | null {
  const threshold = alert.number("below");
  const clearAbove = alert.number("clearAbove");
  if (threshold === null) return null;
  if (clearAbove !== null && clearAbove < threshold) {
    alert.wrong("clearAbove", `"clearAbove" must be at least ${threshold}, as "below" says.`);
  }
  return { kind: "below", threshold, clearAbove };
}

function parseAbove(alert: AlertObject): AlertCondition | null {
  const threshold = alert.number("above");
  const clearBelow = alert.number("clearBelow");
  if (threshold === null) return null;
  if (clearBelow !== null && clearBelow > threshold) {
    alert.wrong("clearBelow", `"clearBelow" must be at most ${threshold}, as "above" says.`);
  }
  return { kind: "above", threshold, clearBelow };
}

function parseBecomes(alert: AlertObject): AlertCondition | null {
  const isNumber = alert.member("becomes")?.value.type === "number";
  const value = isNumber ? alert.number("becomes") : alert.text("becomes", MAX_TEXT);
  return value === null ? null : { kind: "becomes", value };
}

function parseChange(alert: AlertObject, kind: "risesBy" | "fallsBy"): AlertCondition | null {
  const withinMs = alert.duration("within", false);
  const value = alert.member(kind)?.value;
  const written: unknown = value?.value;
  const [, percentage] = typeof written === "string" ? (PERCENTAGE.exec(written) ?? []) : [];
  const amount = percentage === undefined ? written : Number(percentage);
  if (typeof amount === "number" && Number.isFinite(amount) && amount > 0) {
    return { kind, amount, percent: percentage !== undefined, withinMs };
  }
  const [, bare] = typeof written === "string" ? (/^\s*(\d+(?:\.\d+)?)\s*$/.exec(written) ?? []) : [];
  const fix = value && bare !== undefined ? replaceBy(value, Number(bare)) : null;
  alert.wrong(kind, `"${kind}" must be a number above 0, such as 50, or a share such as "5%".`, fix);
  return null;
}

const PERCENTAGE = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/;
