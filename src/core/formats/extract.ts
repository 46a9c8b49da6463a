import type { Selection } from "../config/metricDefinition.js";
import { SourceError } from "../sources/sourceError.js";
import { parseDocument } from "./document.js";
import { extractDocument } from "./documentExtraction.js";
import { attempt, type Extracted } from "./extracted.js";
import type { FileFormat, LineFormat } from "./fileFormat.js";
import { createLineReader } from "./lines.js";
import { countMarkdownTasks, type MarkdownTasks } from "./markdownTasks.js";
import { percentage } from "./percentage.js";
import { extractTable } from "./tableExtraction.js";

/**
 * Parses a whole file once and evaluates every selection, in their order; what fails for one costs the others nothing.
 * @throws SourceError where the file itself is not what its format says
 */
export async function extract(
  format: FileFormat,
  text: string,
  selections: readonly Selection[],
): Promise<readonly Extracted[]> {
  switch (format) {
    case "json":
    case "jsonc":
    case "yaml":
    case "toml":
      return extractDocument(await parseDocument(format, text), selections);
    case "csv":
    case "tsv":
      return extractTable(text, format, selections);
    case "markdown": {
      const tasks = countMarkdownTasks(text);
      return selections.map((selection) => attempt(() => taskValue(tasks, selection)));
    }
    case "jsonl":
    case "text":
      return extractLines(format, text, selections);
  }
}

function taskValue({ done, total }: MarkdownTasks, { aggregate }: Selection) {
  if (aggregate === "count") return { value: total, line: null };
  if (aggregate !== "progress") {
    throw new SourceError(`Markdown gives "progress" or "count", not "${aggregate}".`);
  }
  if (total === 0)
    throw new SourceError("there is no task list yet. Write an item such as - [ ] first task.");
  return { value: percentage(done, total), line: null };
}

function extractLines(
  format: LineFormat,
  text: string,
  selections: readonly Selection[],
): readonly Extracted[] {
  const readers = selections.map((selection) => createLineReader(selection, format));
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    for (const reader of readers) reader.add(line, index + 1);
  }
  return readers.map((reader) => attempt(() => reader.result()));
}
