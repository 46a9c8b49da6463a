import { AGGREGATES, type Aggregate } from "../../protocol/origin.js";
import { type FileFormat, formatOf } from "../formats/fileFormat.js";
import { compileQuery } from "../formats/query.js";
import { SourceError } from "../sources/sourceError.js";
import type { ConfigObject } from "./configObject.js";
import { quote, replaceBy } from "./configProblem.js";
import type { Selection } from "./metricDefinition.js";
import { type MetricKey, OTHER_AGGREGATES } from "./vocabulary.js";

const MAX_EXPRESSION = 1_000;
/** Of a column's name, in UTF-16 code units. */
export const MAX_COLUMN = 500;

type MetricObject = ConfigObject<MetricKey>;
type SelectionKey = "query" | "column" | "match";

/** What each format may be read with. */
const TAKES: Readonly<Record<FileFormat, readonly SelectionKey[]>> = {
  json: ["query"],
  jsonc: ["query"],
  jsonl: ["query"],
  yaml: ["query"],
  toml: ["query"],
  csv: ["column", "query"],
  tsv: ["column", "query"],
  markdown: [],
  text: ["match"],
};

/** Which values of a file count; `null`, with an error among the problems, where that is said wrongly. */
export function parseSelection(metric: MetricObject, file: string): Selection | null {
  const format = formatOf(file);
  const given = metric.present(["query", "column", "match"]);
  for (const key of given.filter((name) => !TAKES[format].includes(name))) {
    metric.misplaced(key, misplacedMessage(key, file, format));
  }
  if (given.length === 2 && given.every((key) => TAKES[format].includes(key))) {
    metric.misplaced("column", '"column" cannot stand beside "query". Remove one of them.');
  }
  const query = parseQuery(metric);
  const column = metric.text("column", MAX_COLUMN);
  const match = metric.text("match", MAX_EXPRESSION);
  const groups = match === null ? 0 : countGroups(metric, match);
  const aggregate = parseAggregate(metric, format, groups > 0);
  if (aggregate === null) return null;
  const isTable = format === "csv" || format === "tsv";
  if (isTable && given.length === 0 && aggregate !== "count") {
    const message = `Say which "column" of ${quote(file)} counts, or count its rows with "aggregate": "count".`;
    metric.wrong("file", message);
    return null;
  }
  return { query, column, match, aggregate };
}

/** The JMESPath expression of `query`, checked. */
export function parseQuery(metric: MetricObject): string | null {
  const query = metric.text("query", MAX_EXPRESSION);
  try {
    if (query !== null) compileQuery(query);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    metric.wrong("query", `${error.reason} Examples: total, items[0].price, length(items).`);
  }
  return query;
}

function misplacedMessage(key: SelectionKey, file: string, format: FileFormat): string {
  const [instead] = TAKES[format];
  const purpose = {
    query: '"query" is for data such as JSON, YAML, TOML or CSV.',
    column: '"column" is for tables, .csv and .tsv.',
    match: '"match" is for plain text such as a log.',
  }[key];
  const name = quote(file);
  return instead === undefined
    ? `${purpose} Of ${name} the boxes count: remove "${key}".`
    : `${purpose} Use "${instead}" for ${name}.`;
}

/** Number of a regular expression's capturing groups; 0, with an error among the problems, where it is not valid. */
function countGroups(metric: MetricObject, match: string): number {
  try {
    // As one of two choices, the other of which always matches, it tells how many groups it has.
    return (new RegExp(`(?:${new RegExp(match).source})|`).exec("")?.length ?? 1) - 1;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^.*: /s, "") : String(error);
    metric.wrong("match", `This regular expression is not valid: ${reason}.`);
    return 0;
  }
}

function parseAggregate(metric: MetricObject, format: FileFormat, captures: boolean): Aggregate | null {
  const value = metric.member("aggregate")?.value;
  if (!value) return defaultAggregate(format, captures);
  const aggregate = metric.choice("aggregate", AGGREGATES, OTHER_AGGREGATES);
  if (aggregate === "progress" && format === "text") {
    const message = '"progress" is for task lists in Markdown, and for values that are true or false.';
    metric.wrong("aggregate", message);
    return null;
  }
  if (aggregate !== null && format === "markdown" && aggregate !== "progress" && aggregate !== "count") {
    const message =
      'Of a Markdown file the boxes count. Use "progress" for the share that is ticked, or "count".';
    metric.wrong("aggregate", message, replaceBy(value, "progress"));
    return null;
  }
  return aggregate;
}

function defaultAggregate(format: FileFormat, captures: boolean): Aggregate {
  if (format === "markdown") return "progress";
  return format === "text" && !captures ? "count" : "last";
}
