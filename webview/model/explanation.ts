/** Why a value is what it is, in rows of a term and what there is to say on it. */
import * as l10n from "@vscode/l10n";
import { displayValue } from "../../src/protocol/display.js";
import type { BuiltInRule, ValueOrigin, ValueSelection } from "../../src/protocol/origin.js";
import type { Metric } from "../../src/protocol/snapshot.js";
import { momentAndAge } from "./time.js";

export interface ExplanationRow {
  readonly id: "source" | "value" | "scale" | "read" | "changed";
  readonly term: string;
  /** In words; before `code` where there are both. */
  readonly text: string | null;
  /** As it stands in a file: a path, a query, a pattern. */
  readonly code: string | null;
  /** The moment that the text tells (ISO 8601). */
  readonly time: string | null;
}

/** "Why MRR is $12,450" */
export function explanationTitle(metric: Metric, locale: string): string {
  if (metric.value === null) return l10n.t("Why {0} has no value", metric.label);
  if (metric.concealed) return l10n.t("Why {0} has its hidden value", metric.label);
  return l10n.t("Why {0} is {1}", metric.label, displayValue(metric, locale));
}

export function explanationRows(metric: Metric, now: number, locale: string): ExplanationRow[] {
  const rows: ExplanationRow[] = [];
  const add = (id: ExplanationRow["id"], term: string, said: Partial<ExplanationRow>) =>
    rows.push({ text: null, code: null, time: null, ...said, id, term });
  const { origin, readAt, changedAt, previous } = metric;
  const source = sourceOf(metric);
  if (source) add("source", l10n.t("Source"), source);
  if (origin) add("value", l10n.t("Value"), derivationOf(origin, locale));
  const scale = origin && "scale" in origin ? origin.scale : undefined;
  if (scale !== undefined) {
    const factor = displayValue({ value: scale, format: "number", unit: null }, locale);
    add("scale", l10n.t("Scale"), { text: l10n.t("multiplied by {0}", factor) });
  }
  if (readAt !== null) {
    add("read", l10n.t("Last read"), { text: momentAndAge(readAt, now, locale), time: readAt });
  }
  if (changedAt !== null) {
    const when = momentAndAge(changedAt, now, locale);
    const before = displayValue({ ...metric, value: previous }, locale);
    const since = metric.concealed ? when : l10n.t("{0}, from {1}", when, before);
    const text = previous === null ? l10n.t("not since {0}", when) : since;
    add("changed", l10n.t("Changed"), { text, time: changedAt });
  }
  return rows;
}

/** What the button that leads to the source says; `null` where there is nothing to open. */
export function openLabel({ source, origin }: Metric): string | null {
  if (source === null) return null;
  if (origin?.kind === "files") return l10n.t("Show folder");
  return source.line === null ? l10n.t("Open file") : l10n.t("Open file at line {0}", source.line);
}

type Said = Partial<Pick<ExplanationRow, "text" | "code">>;

function sourceOf({ origin, source }: Metric): Said | null {
  if (origin?.kind === "url") return { code: origin.url };
  if (origin?.kind === "git") {
    if (origin.remote === undefined) return { text: l10n.t("the folder's git repository") };
    return { text: l10n.t("GitHub, for the remote"), code: origin.remote };
  }
  if (origin?.kind === "extension") return { text: l10n.t("the extension {0}", origin.extension) };
  const file = source?.file ?? (origin?.kind === "file" ? origin.file : null);
  if (file === ".") return { text: l10n.t("the workspace folder") };
  if (file === null) return null;
  return { code: source?.line == null ? file : `${file}:${source.line}` };
}

function derivationOf(origin: ValueOrigin, locale: string): Said {
  switch (origin.kind) {
    case "builtIn":
      return { text: ruleText(origin.rule), code: origin.field ?? null };
    case "files":
      return { text: l10n.t("number of files that match"), code: origin.glob };
    case "git": {
      const span = { value: origin.sinceMs / 1000, format: "duration", unit: null } as const;
      const shown = displayValue(span, locale);
      return {
        text:
          origin.remote === undefined
            ? l10n.t("commits on HEAD's history within {0}", shown)
            : l10n.t("commits on the default branch within {0}", shown),
      };
    }
    case "extension":
      return { text: l10n.t("as the extension gives it, under the name"), code: origin.name };
    case "file":
    case "url":
      return selectionOf(origin);
  }
}

function ruleText(rule: BuiltInRule): string {
  switch (rule) {
    case "field":
      return l10n.t("the number at");
    case "length":
      return l10n.t("number of items in the list");
    case "divisions":
      return l10n.t("sum over the divisions at");
    case "newestStatus":
      return l10n.t("the newest line that names a status");
    case "meanProgress":
      return l10n.t("mean progress, in percent, of");
    case "messagesInDay":
      return l10n.t("messages of the last 24 hours, by their");
  }
}

function selectionOf({ query, column, match, aggregate }: ValueSelection): Said {
  if (match !== undefined) return { text: matchText(aggregate), code: match };
  if (column !== undefined) return { text: columnText(aggregate), code: column };
  if (query !== undefined) return { text: queryText(aggregate), code: query };
  return { text: wholeText(aggregate) };
}

function matchText(aggregate: ValueSelection["aggregate"]): string {
  switch (aggregate) {
    case "count":
      return l10n.t("number of lines that match");
    case "sum":
      return l10n.t("sum over the lines that match");
    case "avg":
      return l10n.t("average of the lines that match");
    case "min":
      return l10n.t("smallest of the lines that match");
    case "max":
      return l10n.t("largest of the lines that match");
    case "first":
      return l10n.t("from the first line that matches");
    default:
      return l10n.t("from the last line that matches");
  }
}

function columnText(aggregate: ValueSelection["aggregate"]): string {
  switch (aggregate) {
    case "count":
      return l10n.t("number of values in the column");
    case "sum":
      return l10n.t("sum of the column");
    case "avg":
      return l10n.t("average of the column");
    case "min":
      return l10n.t("smallest of the column");
    case "max":
      return l10n.t("largest of the column");
    case "first":
      return l10n.t("first of the column");
    case "progress":
      return l10n.t("share that is true, in percent, of the column");
    default:
      return l10n.t("last of the column");
  }
}

function queryText(aggregate: ValueSelection["aggregate"]): string {
  switch (aggregate) {
    case "count":
      return l10n.t("number of results of the query");
    case "sum":
      return l10n.t("sum of the results of the query");
    case "avg":
      return l10n.t("average of the results of the query");
    case "min":
      return l10n.t("smallest result of the query");
    case "max":
      return l10n.t("largest result of the query");
    case "first":
      return l10n.t("first result of the query");
    case "last":
      return l10n.t("last result of the query");
    case "progress":
      return l10n.t("share that is true, in percent, of the results of the query");
    case undefined:
      return l10n.t("result of the query");
  }
}

/** Of a file of which nothing was chosen: its boxes, lines, rows or items count. */
function wholeText(aggregate: ValueSelection["aggregate"]): string {
  switch (aggregate) {
    case "count":
      return l10n.t("number of all entries");
    case "sum":
      return l10n.t("sum of all entries");
    case "avg":
      return l10n.t("average of all entries");
    case "min":
      return l10n.t("smallest of all entries");
    case "max":
      return l10n.t("largest of all entries");
    case "first":
      return l10n.t("the first entry");
    case "last":
      return l10n.t("the last entry");
    case "progress":
      return l10n.t("share that is done, in percent");
    case undefined:
      return l10n.t("the whole document");
  }
}
