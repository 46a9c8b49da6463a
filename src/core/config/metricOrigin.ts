import { AGGREGATES } from "../../protocol/origin.js";
import type { ConfigObject } from "./configObject.js";
import { quote, replaceBy } from "./configProblem.js";
import { parseFolderPath } from "./folderPath.js";
import { parseGitOrigin } from "./gitOrigin.js";
import type { MetricOrigin } from "./metricDefinition.js";
import { parseQuery, parseSelection } from "./selection.js";
import { type MetricKey, ORIGIN_KEYS, OTHER_AGGREGATES } from "./vocabulary.js";

const MAX_PATH = 1_000;
const MAX_URL = 2_000;

type MetricObject = ConfigObject<MetricKey>;

/** Where a metric's value comes from; `null`, with an error among the problems, where that is not said or wrong. */
export function parseOrigin(metric: MetricObject, id: string): MetricOrigin | null {
  const [kind, second] = metric.present(ORIGIN_KEYS);
  if (kind === undefined) {
    if (metric.hasUnknown) return null;
    metric.problems.error(
      metric.node,
      `${quote(id)} does not say where its value comes from. Add "file", "files", "git" or "url".`,
    );
    return null;
  }
  if (second !== undefined) {
    metric.misplaced(
      second,
      `"${second}" cannot stand beside "${kind}". A metric has one source: remove one.`,
    );
    return null;
  }
  switch (kind) {
    case "file":
      return parseFile(metric);
    case "files":
      return parseFiles(metric);
    case "git":
      refuseSelection(metric, "git");
      return parseGitOrigin(metric);
    case "url":
      return parseUrl(metric);
  }
}

function parseFile(metric: MetricObject): MetricOrigin | null {
  const file = parsePath(metric, "file");
  if (file === null) return null;
  const { key } = metric.member("file") ?? {};
  if (file.includes("*") && key) {
    const fix = metric.present(["query", "column", "match"]).length > 0 ? null : replaceBy(key, "files");
    metric.wrong("file", 'This names many files. Use "files" to count them, or name one file.', fix);
    return null;
  }
  const selection = parseSelection(metric, file);
  return selection && { kind: "file", file, ...selection };
}

function parseFiles(metric: MetricObject): MetricOrigin | null {
  refuseSelection(metric, "files");
  const glob = parsePath(metric, "files");
  return glob === null ? null : { kind: "files", glob };
}

function parsePath(metric: MetricObject, key: "file" | "files"): string | null {
  const path = metric.text(key, MAX_PATH);
  const { value } = metric.member(key) ?? {};
  return path === null || !value ? null : parseFolderPath(path, value, metric.problems);
}

/** What is counted whole takes no selection; "count" says only what happens anyway. */
function refuseSelection(metric: MetricObject, kind: "files" | "git"): void {
  for (const key of metric.present(["query", "column", "match"])) {
    const message =
      kind === "git"
        ? `"git" counts commits: "${key}" has nothing to read. Remove it, or use "file".`
        : `"files" counts files: "${key}" has nothing to read. Remove it, or use "file".`;
    metric.misplaced(key, message);
  }
  const aggregate = metric.choice("aggregate", AGGREGATES, OTHER_AGGREGATES);
  const { value } = metric.member("aggregate") ?? {};
  if (aggregate !== null && aggregate !== "count" && value) {
    const message =
      kind === "git"
        ? '"git" only counts commits. Remove "aggregate", or write "count".'
        : '"files" only counts files. Remove "aggregate", or write "count".';
    metric.problems.error(value, message, replaceBy(value, "count"));
  }
}

function parseUrl(metric: MetricObject): MetricOrigin | null {
  for (const key of metric.present(["column", "match"])) {
    metric.misplaced(key, `"${key}" is for files. Use "query" for the JSON of an address.`);
  }
  const written = metric.text("url", MAX_URL);
  const url = written === null ? null : checkedUrl(metric, written);
  const query = parseQuery(metric);
  const aggregate = metric.choice("aggregate", AGGREGATES, OTHER_AGGREGATES) ?? "last";
  return url === null ? null : { kind: "url", url, query, aggregate };
}

function checkedUrl(metric: MetricObject, written: string): string | null {
  const { value } = metric.member("url") ?? {};
  if (!URL.canParse(written)) {
    metric.wrong("url", "This is no address. Write it like https://example.com/stats.json.");
    return null;
  }
  const url = new URL(written);
  if (url.username !== "" || url.password !== "") {
    metric.wrong("url", "Remove the name and password: everybody who has the folder could read them here.");
    return null;
  }
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) return url.href;
  const fix =
    value && url.protocol === "http:" ? replaceBy(value, written.replace(/^\s*http:/i, "https:")) : null;
  metric.wrong("url", "Use an address that begins with https://. Only this machine is asked without.", fix);
  return null;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
