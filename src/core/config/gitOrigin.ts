import { ConfigObject } from "./configObject.js";
import { replaceBy } from "./configProblem.js";
import { parseDuration } from "./duration.js";
import type { MetricOrigin } from "./metricDefinition.js";
import { GIT, type MetricKey } from "./vocabulary.js";

const DAY_MS = 86_400_000;

/** The value of `git`; `null`, with an error among the problems, where it is wrong. */
export function parseGitOrigin(metric: ConfigObject<MetricKey>): MetricOrigin | null {
  const { value } = metric.member("git") ?? {};
  if (value?.type !== "object") {
    const since = typeof value?.value === "string" && parseDuration(value.value) ? value.value : "24h";
    const fix = value ? replaceBy(value, { since }) : null;
    metric.wrong("git", 'Write what to count between { and }, such as { "since": "7d" }.', fix);
    return null;
  }
  const git = new ConfigObject(value, GIT, metric.problems);
  const sinceMs = git.member("since") ? git.duration("since", false) : DAY_MS;
  return sinceMs === null ? null : { kind: "git", sinceMs };
}
