import type { Node } from "jsonc-parser";
import { type ConfigProblems, quote } from "./configProblem.js";
import { checkKnown } from "./metricReference.js";

/**
 * Reads the value of `cards`: ids in the order in which they are shown, each once. What is wrong is among the problems.
 * @param ids of every metric there may be
 */
export function parseCards(node: Node, ids: ReadonlySet<string>, problems: ConfigProblems): string[] {
  if (node.type !== "array") {
    problems.error(node, '"cards" must be a list: put the names of metrics between [ and ].');
    return [];
  }
  const cards = new Set<string>();
  for (const item of node.children ?? []) {
    if (item.type !== "string") {
      problems.error(item, 'Write the name of a metric in double quotes, such as "revenue".');
    } else if (cards.has(item.value)) {
      problems.warning(item, `${quote(item.value)} is here twice. It is shown once: remove this one.`);
    } else {
      cards.add(item.value);
      checkKnown(item.value, item, ids, problems);
    }
  }
  return [...cards];
}
