import { ConfigObject } from "./configObject.js";
import { replaceBy } from "./configProblem.js";
import { parseDuration } from "./duration.js";
import type { MetricOrigin } from "./metricDefinition.js";
import { GIT, type GitKey, type MetricKey } from "./vocabulary.js";

const DAY_MS = 86_400_000;
const MAX_REMOTE = 200;
/** What git allows in the name of a remote, which it makes part of a ref's name (git-check-ref-format). */
const REMOTE_NAME = /^[^\s\p{C}~^:?*[\\]+$/u;

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
  const remote = git.member("remote") ? parseRemote(git) : null;
  const wrongRemote = remote === null && git.member("remote") !== null;
  return sinceMs === null || wrongRemote ? null : { kind: "git", sinceMs, remote };
}

/** The name of a remote; `null`, with an error among the problems, where it can be none. */
function parseRemote(git: ConfigObject<GitKey>): string | null {
  const { value } = git.member("remote") ?? {};
  if (value?.type === "string" && value.value.length <= MAX_REMOTE && REMOTE_NAME.test(value.value)) {
    return value.value;
  }
  const message = '"remote" must be the name of one of the repository\'s remotes, such as "origin".';
  git.wrong("remote", message, value ? replaceBy(value, "origin") : null);
  return null;
}
