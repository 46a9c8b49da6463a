import type { Node } from "jsonc-parser";
import { ConfigObject, type Member, membersOf } from "./configObject.js";
import { type ConfigProblems, quote, replaceBy } from "./configProblem.js";
import type { MetricDefinition } from "./metricDefinition.js";
import { parseDisplay } from "./metricDisplay.js";
import { parseOrigin } from "./metricOrigin.js";
import { METRIC } from "./vocabulary.js";

const MAX_METRICS = 1_000;
const MAX_ID = 100;

/** The metrics by id, and every id that is declared, rightly or not. */
export interface ParsedMetrics {
  readonly metrics: readonly MetricDefinition[];
  readonly ids: ReadonlySet<string>;
}

/** Reads the value of `metrics`; what is wrong is among the problems. */
export function parseMetrics(
  node: Node,
  lineOf: (offset: number) => number,
  problems: ConfigProblems,
): ParsedMetrics {
  if (node.type !== "object") {
    problems.error(node, '"metrics" must be { }, with a name and a description of each metric between them.');
    return { metrics: [], ids: new Set() };
  }
  const members = [...membersOf(node, problems)];
  const [, extra] = members[MAX_METRICS] ?? [];
  if (extra) problems.error(extra.key, `There are more than ${MAX_METRICS} metrics. Remove some.`);
  const kept = members.slice(0, MAX_METRICS);
  const metrics = kept.flatMap(([id, member]) => parseMetric(id, member, lineOf, problems) ?? []);
  return { metrics, ids: new Set(members.map(([id]) => id)) };
}

function parseMetric(
  id: string,
  { key, value }: Member,
  lineOf: (offset: number) => number,
  problems: ConfigProblems,
): MetricDefinition | null {
  checkId(id, key, problems);
  if (value.type !== "object") {
    const isPath = value.type === "string" && value.value !== "";
    const fix = isPath ? replaceBy(value, { file: value.value }) : null;
    problems.error(
      value,
      `Describe ${quote(id)} between { and }, such as { "file": "data/bugs.json" }.`,
      fix,
    );
    return null;
  }
  const metric = new ConfigObject(value, METRIC, problems);
  const display = parseDisplay(metric, id);
  const origin = parseOrigin(metric, id);
  return origin && { id, origin, display, line: lineOf(key.offset) };
}

function checkId(id: string, key: Node, problems: ConfigProblems): void {
  if (id.trim() === "") problems.error(key, 'This metric has no name. Write one, such as "openBugs".');
  else if (id.length > MAX_ID)
    problems.error(key, `This name is longer than ${MAX_ID} characters. Shorten it.`);
  // Clients put metrics into plain objects by id, where this one would vanish.
  else if (id === "__proto__")
    problems.error(key, '"__proto__" cannot be the name of a metric. Use another.');
}
