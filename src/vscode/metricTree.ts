import * as vscode from "vscode";
import type { Entry, PlaceEntry, ValueEntry } from "../core/discovery/entry.js";
import { shownValue } from "../core/discovery/metricDraft.js";
import type { Aggregate } from "../protocol/origin.js";
import { type Answer, askPick, heading, type PickRow } from "./quickSteps.js";
import { writtenNumber } from "./writtenNumber.js";

interface TreeQuestion {
  /** What is looked into. */
  readonly title: string;
  readonly entries: readonly Entry[];
  /** How many questions were asked before this one. */
  readonly before: number;
  /** Whether the values are of the whole file. */
  readonly whole: boolean;
}

/**
 * Asks for a value among those of a file, from one place to the next.
 * @param next asks what follows, once a value is chosen
 */
export async function askEntry<T>(
  { title, entries, before, whole }: TreeQuestion,
  next: (entry: ValueEntry, before: number) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const [only, second] = entries;
  if (only && second === undefined) {
    if (only.kind === "value") return next(only, before);
    return askEntry({ title: `${title} › ${nameOf(only)}`, entries: only.entries, before, whole }, next);
  }
  let active: Entry | undefined;
  for (;;) {
    const chosen = await askPick<Entry>(
      { title: vscode.l10n.t("Add metric: {0}", title), step: before + 1, totalSteps: before + 2 },
      { placeholder: placeholder(whole), items: rows(entries), active },
    );
    if (chosen.kind !== "given") return chosen;
    active = chosen.value;
    const answer =
      active.kind === "value"
        ? await next(active, before + 1)
        : await askEntry(
            { title: `${title} › ${nameOf(active)}`, entries: active.entries, before: before + 1, whole },
            next,
          );
    if (answer.kind !== "back") return answer;
  }
}

function placeholder(whole: boolean): string {
  return whole
    ? vscode.l10n.t("Which value to show")
    : vscode.l10n.t("Which value to show; of this long file only the last 8 MB are looked at for now");
}

/** The entries in their order; those that are made of one field stand together under its name. */
function rows(entries: readonly Entry[]): PickRow<Entry>[] {
  let field: string | null = null;
  return entries.flatMap((entry) => {
    const of = fieldOf(entry);
    const begins = of !== field;
    field = of;
    return begins ? [heading(of ?? ""), row(entry)] : [row(entry)];
  });
}

function fieldOf(entry: Entry): string | null {
  return entry.kind === "value" && entry.aggregate !== null ? entry.name : null;
}

function row(entry: Entry): PickRow<Entry> {
  if (entry.kind === "value") {
    const value = shownValue(entry.metric, vscode.env.language) ?? String(entry.metric.value);
    return { label: labelOf(entry), description: value, value: entry };
  }
  const isList = entry.kind === "list";
  return {
    label: nameOf(entry),
    description: isList
      ? vscode.l10n.t("list of {0}", writtenNumber(entry.size))
      : vscode.l10n.t("object of {0}", writtenNumber(entry.size)),
    iconPath: new vscode.ThemeIcon(isList ? "symbol-array" : "symbol-object"),
    value: entry,
  };
}

function nameOf({ name }: Pick<PlaceEntry, "name">): string {
  return name.trim() === "" ? JSON.stringify(name) : name;
}

function labelOf({ name, aggregate, where }: ValueEntry): string {
  if (where !== null) return name === null ? where : `${name} = ${where}`;
  if (aggregate === null) return nameOf({ name: name ?? "" });
  return name === null ? ofAll(aggregate) : ofField(aggregate, name);
}

function ofAll(aggregate: Aggregate): string {
  const labels: Record<Aggregate, string> = {
    last: vscode.l10n.t("Last"),
    first: vscode.l10n.t("First"),
    count: vscode.l10n.t("Count"),
    sum: vscode.l10n.t("Sum"),
    avg: vscode.l10n.t("Average"),
    min: vscode.l10n.t("Lowest"),
    max: vscode.l10n.t("Highest"),
    progress: vscode.l10n.t("Progress"),
  };
  return labels[aggregate];
}

function ofField(aggregate: Aggregate, name: string): string {
  const labels: Record<Aggregate, string> = {
    last: vscode.l10n.t("Last {0}", name),
    first: vscode.l10n.t("First {0}", name),
    count: vscode.l10n.t("Count of {0}", name),
    sum: vscode.l10n.t("Sum of {0}", name),
    avg: vscode.l10n.t("Average of {0}", name),
    min: vscode.l10n.t("Lowest {0}", name),
    max: vscode.l10n.t("Highest {0}", name),
    progress: vscode.l10n.t("Progress of {0}", name),
  };
  return labels[aggregate];
}
