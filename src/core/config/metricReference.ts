import { type ConfigProblems, quote, replaceBy, type Span } from "./configProblem.js";
import { nearest } from "./suggestion.js";

/** Warns where a text names a metric that there is not. */
export function checkKnown(
  id: string,
  value: Span,
  ids: ReadonlySet<string>,
  problems: ConfigProblems,
): void {
  if (ids.has(id) || problems.isFull("warning")) return;
  const meant = nearest(id, ids);
  const advice =
    meant === null ? 'Declare it under "metrics", or remove it.' : `Did you mean ${quote(meant)}?`;
  const fix = meant === null ? null : replaceBy(value, meant);
  problems.warning(value, `There is no metric ${quote(id)}. ${advice}`, fix);
}
