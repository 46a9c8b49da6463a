import { type ConfigProblems, quote, replaceBy, type Span } from "./configProblem.js";
import { nearest } from "./suggestion.js";

/** `publisher.extension/name`: other extensions come and go, and their metrics with them. */
const OF_AN_EXTENSION = /^[a-z0-9][a-z0-9-]*\.[a-z0-9][\w.-]*\/[a-z][\w-]*$/i;

/** Warns where a text names a metric that there is not. */
export function checkKnown(
  id: string,
  value: Span,
  ids: ReadonlySet<string>,
  problems: ConfigProblems,
): void {
  if (ids.has(id) || OF_AN_EXTENSION.test(id) || problems.isFull("warning")) return;
  const meant = nearest(id, ids);
  const advice =
    meant === null ? 'Declare it under "metrics", or remove it.' : `Did you mean ${quote(meant)}?`;
  const fix = meant === null ? null : replaceBy(value, meant);
  problems.warning(value, `There is no metric ${quote(id)}. ${advice}`, fix);
}
