import type { Selection } from "../config/metricDefinition.js";
import type { JsonDocument } from "../sources/jsonDocument.js";
import { SourceError } from "../sources/sourceError.js";
import { type DocumentFormat, parseDocument } from "./document.js";
import { extractDocument } from "./documentExtraction.js";
import { attempt, type Extracted } from "./extracted.js";
import type { FileFormat, LineFormat } from "./fileFormat.js";
import { createLineReader } from "./lines.js";
import { countMarkdownTasks, type MarkdownTasks } from "./markdownTasks.js";
import { percentage } from "./percentage.js";
import { ROUNDED, shiftRoundedNumbers } from "./roundedNumber.js";
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
      return extractParsed(format, text, await parseDocument(format, text), selections);
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

/**
 * What a document gives that was parsed from a text, but for what would be another value if numbers too small to be held
 * had not become 0, or whole ones too large others.
 */
export async function extractParsed(
  format: DocumentFormat,
  text: string,
  document: JsonDocument,
  selections: readonly Selection[],
): Promise<readonly Extracted[]> {
  let extracted = await extractDocument(document, selections);
  const doubts = [
    {
      changed: format === "json" ? enlargeTinyJsonNumbers(text) : enlargeTinyNumbers(text),
      reason: TOO_SMALL,
    },
    // In the other formats it cannot be told from a part of a text.
    { changed: format === "json" ? shiftRoundedNumbers(text) : null, reason: ROUNDED },
  ];
  for (const { changed, reason } of doubts) {
    if (changed === null) continue;
    const others = await extractDocument(await parseDocument(format, changed), selections);
    extracted = extracted.map((each, index) => {
      const other = others[index];
      if (!each.ok || (other?.ok && other.value === each.value)) return each;
      // Only in JSON do texts stay as they are.
      if (format !== "json" && typeof each.value !== "number") return each;
      return { ok: false, error: new SourceError(reason, each.line) };
    });
  }
  return extracted;
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
