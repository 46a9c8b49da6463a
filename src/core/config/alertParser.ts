import type { Node } from "jsonc-parser";
import { SEVERITIES, type Severity } from "../../protocol/alerts.js";
import { parseCondition } from "./alertCondition.js";
import type { AlertDefinition } from "./alertDefinition.js";
import { ConfigObject } from "./configObject.js";
import { type ConfigProblems, quote } from "./configProblem.js";
import { checkKnown } from "./metricReference.js";
import { ALERT } from "./vocabulary.js";

const MAX_ALERTS = 200;
const MAX_ID = 100;

/** Where an alert does not say: a value that goes to and fro about a threshold is told of once in this time (ms). */
const DEFAULT_COOL_DOWN_MS = 5 * 60_000;

const OTHER_SEVERITIES: Readonly<Record<string, Severity>> = {
  warn: "warning",
  information: "info",
  notice: "info",
  critical: "error",
  fatal: "error",
  high: "error",
  medium: "warning",
  low: "info",
};

/**
 * Reads the value of `alerts`; what is wrong is among the problems.
 * @param ids of every metric there may be
 */
export function parseAlerts(
  node: Node,
  ids: ReadonlySet<string>,
  lineOf: (offset: number) => number,
  problems: ConfigProblems,
): AlertDefinition[] {
  if (node.type !== "array") {
    problems.error(node, '"alerts" must be a list: put the alerts between [ and ].');
    return [];
  }
  const items = node.children ?? [];
  const extra = items[MAX_ALERTS];
  if (extra) problems.error(extra, `There are more than ${MAX_ALERTS} alerts. Remove some.`);
  return items.slice(0, MAX_ALERTS).flatMap((item) => parseAlert(item, ids, lineOf, problems) ?? []);
}

function parseAlert(
  node: Node,
  ids: ReadonlySet<string>,
  lineOf: (offset: number) => number,
  problems: ConfigProblems,
): AlertDefinition | null {
  if (node.type !== "object") {
    problems.error(
      node,
      'Describe the alert between { and }, such as { "metric": "revenue", "below": 10000 }.',
    );
    return null;
  }
  const alert = new ConfigObject(node, ALERT, problems);
  const metric = alert.text("metric", MAX_ID);
  const { value } = alert.member("metric") ?? {};
  if (!value) problems.error(node, `This alert does not say what it watches. Add "metric": ${example(ids)}.`);
  else if (metric !== null) checkKnown(metric, value, ids, problems);
  const condition = parseCondition(alert);
  const forMs = alert.duration("for", true) ?? 0;
  const coolDownMs = alert.duration("coolDown", true) ?? DEFAULT_COOL_DOWN_MS;
  const severity = alert.choice("severity", SEVERITIES, OTHER_SEVERITIES) ?? "warning";
  if (metric === null || condition === null) return null;
  return { metric, condition, forMs, coolDownMs, severity, line: lineOf(node.offset) };
}

function example(ids: ReadonlySet<string>): string {
  const [first = "revenue"] = ids;
  return quote(first);
}
