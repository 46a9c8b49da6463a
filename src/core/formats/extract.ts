import type { Selection } from "../config/metricDefinition.js";
import { SourceError } from "../sources/sourceError.js";
import { type DocumentFormat, parseDocument } from "./document.js";
import { extractDocument } from "./documentExtraction.js";
import { attempt, type Extracted } from "./extracted.js";
import type { FileFormat, LineFormat } from "./fileFormat.js";
import { createLineReader } from "./lines.js";
import { countMarkdownTasks, type MarkdownTasks } from "./markdownTasks.js";
import { percentage } from "./percentage.js";
import { extractTable } from "./tableExtraction.js";
import { enlargeTinyJsonNumbers, enlargeTinyNumbers, TOO_SMALL } from "./tinyNumber.js";

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
      return extractNumbers(format, text, selections);
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

/** What a document gives, but for what would be another number if those too small to be held had not become 0. */
async function extractNumbers(
  format: DocumentFormat,
  text: string,
  selections: readonly Selection[],
): Promise<readonly Extracted[]> {
  const extracted = await extractDocument(await parseDocument(format, text), selections);
  const enlarged = format === "json" ? enlargeTinyJsonNumbers(text) : enlargeTinyNumbers(text);
  if (enlarged === null) return extracted;
  const others = await extractDocument(await parseDocument(format, enlarged), selections);
  return extracted.map((each, index) => {
    const other = others[index];
    if (!each.ok || typeof each.value !== "number" || (other?.ok && other.value === each.value)) return each;
    return { ok: false, error: new SourceError(TOO_SMALL, each.line) };
  });
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
