import assert from "node:assert/strict";
import { parseFusionConfig } from "../../src/core/config/fusionConfig.js";
import type { MetricDefinition } from "../../src/core/config/metricDefinition.js";
import { discover } from "../../src/core/discovery/discover.js";
import type { Entry, ValueEntry } from "../../src/core/discovery/entry.js";
import type { LabelWords } from "../../src/core/discovery/labelWords.js";
import { metricEntry, shownValue } from "../../src/core/discovery/metricDraft.js";
import { extract } from "../../src/core/formats/extract.js";
import { formatOf } from "../../src/core/formats/fileFormat.js";

export const ENGLISH: LabelWords = {
  aggregates: {
    sum: "Total {0}",
    avg: "Average {0}",
    min: "Lowest {0}",
    max: "Highest {0}",
    first: "First {0}",
  },
  lines: "{0} lines",
  tasks: "{0} tasks",
  withoutSubfolders: "{0} (without subfolders)",
  files: "Files",
};

/** A value that was found, with the names of the places that lead to it. */
export interface FoundValue extends ValueEntry {
  readonly places: readonly string[];
}

export async function valuesIn(file: string, text: string, words = ENGLISH): Promise<FoundValue[]> {
  const { entries } = await discover({ file, format: formatOf(file), text, words });
  return flat(entries, []);
}

function flat(entries: readonly Entry[], places: readonly string[]): FoundValue[] {
  return entries.flatMap((entry) =>
    entry.kind === "value" ? [{ ...entry, places }] : flat(entry.entries, [...places, entry.name]),
  );
}

/** Each value as one line: where, what is made of it, and the value. */
export function lines(values: readonly FoundValue[]): string[] {
  return values.map(({ places, name, where, aggregate, metric }) => {
    const path = [...places, ...(name === null ? [] : [name])].join(" › ");
    const made = [path, where === null ? "" : `= ${where}`, aggregate ?? ""].filter((part) => part !== "");
    return `${made.join(" ")}: ${metric.value}`;
  });
}

/** What is found in a file, as lines. */
export async function linesIn(file: string, text: string): Promise<string[]> {
  return lines(await valuesIn(file, text));
}

/** The metric that a line stands for. */
export async function metricIn(file: string, text: string, line: string): Promise<ValueEntry["metric"]> {
  const values = await valuesIn(file, text);
  const found = values[lines(values).indexOf(line)];
  assert.ok(found, `${line} is among\n${lines(values).join("\n")}`);
  return found.metric;
}

/** Each value's label, and how its card would show it. */
export async function cards(file: string, text: string): Promise<string[]> {
  return (await valuesIn(file, text)).map(({ metric }) => `${metric.label}: ${shownValue(metric, "en")}`);
}

/** What the file's own metrics read when fusion.json holds this suggestion, by the way that a saved one takes. */
export async function savedReading(file: string, text: string, { metric }: ValueEntry): Promise<unknown> {
  const { label, selection, value, format, unit, scale } = metric;
  const draft = { origin: { kind: "file", file, selection } as const, label, value, format, unit, scale };
  const { origin } = saved(JSON.stringify({ metrics: { it: metricEntry(draft, "it") } }));
  assert.ok(origin.kind === "file" && origin.file === file);
  const [extracted] = await extract(formatOf(file), text, [origin]);
  return extracted?.ok ? extracted.value : extracted?.error.reason;
}

function saved(config: string): MetricDefinition {
  const { config: parsed, problems } = parseFusionConfig(config);
  assert.deepEqual(problems, [], config);
  const [definition] = parsed?.metrics ?? [];
  assert.ok(definition);
  return definition;
}
