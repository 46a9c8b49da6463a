import { posix } from "node:path";
import { parseDocument } from "../formats/document.js";
import { extract, extractParsed } from "../formats/extract.js";
import type { Extracted } from "../formats/extracted.js";
import type { FileFormat } from "../formats/fileFormat.js";
import type { JsonPath } from "../sources/jsonPath.js";
import { SourceError } from "../sources/sourceError.js";
import { withDistinctLabels } from "./distinctLabels.js";
import { documentDrafts } from "./documentDrafts.js";
import type { Discovery } from "./entry.js";
import { filled, type LabelWords } from "./labelWords.js";
import { lineDrafts } from "./lineDrafts.js";
import { keyLabel } from "./metricName.js";
import { type Draft, proposalsIn, settled, WHOLE_FILE } from "./proposal.js";
import { tableDrafts } from "./tableDrafts.js";
import { textDrafts } from "./textDrafts.js";

/** A file to look through. */
export interface DiscoverySource {
  /** Relative to the workspace folder, with `/`. */
  readonly file: string;
  readonly format: FileFormat;
  readonly text: string;
  readonly words: LabelWords;
}

/**
 * Every value of a file that a metric could show, each as the very reading of metrics gives it.
 * @throws SourceError where the file is not what its format says, or holds nothing that can be shown
 */
export async function discover({ file, format, text, words }: DiscoverySource): Promise<Discovery> {
  const name = posix.parse(file).name;
  const { drafts, found } = await explore(format, text, name, words);
  const entries = settled(drafts, found);
  if (entries.length === 0) throw new SourceError("there is no value in it that a card could show.");
  return { entries };
}

interface Explored {
  readonly drafts: readonly Draft[];
  /** Of the proposals among the drafts, in their order. */
  readonly found: readonly Extracted[];
}

async function explore(format: FileFormat, text: string, name: string, words: LabelWords): Promise<Explored> {
  switch (format) {
    case "json":
    case "jsonc":
    case "yaml":
    case "toml": {
      const { value } = await parseDocument(format, text);
      const drafts = withDistinctLabels(documentDrafts(value, name, words));
      const document = { value, linesOf: noLines };
      return { drafts, found: await extractParsed(format, text, document, selectionsIn(drafts)) };
    }
    default: {
      const drafts = withDistinctLabels(draftsOf(format, text, name, words));
      return { drafts, found: await extract(format, text, selectionsIn(drafts)) };
    }
  }
}

function draftsOf(
  format: Exclude<FileFormat, "json" | "jsonc" | "yaml" | "toml">,
  text: string,
  name: string,
  words: LabelWords,
): Draft[] {
  switch (format) {
    case "jsonl":
      return lineDrafts(text, keyLabel(name, name), words);
    case "csv":
    case "tsv":
      return tableDrafts(text, format, keyLabel(name, name), words);
    case "markdown":
      return taskDrafts(keyLabel(name, name), words);
    case "text":
      return textDrafts(text, name, words);
  }
}

function taskDrafts(label: string, words: LabelWords): Draft[] {
  return (["progress", "count"] as const).map((aggregate) => ({
    kind: "value",
    name: null,
    aggregate,
    where: null,
    label: aggregate === "progress" ? label : filled(words.tasks, label),
    key: "",
    currency: null,
    selection: { ...WHOLE_FILE, aggregate },
  }));
}

/** Nobody asks yet where the values stand, which takes longer to find than the values. */
async function noLines(paths: readonly JsonPath[]): Promise<null[]> {
  return paths.map(() => null);
}

function selectionsIn(drafts: readonly Draft[]) {
  return proposalsIn(drafts).map(({ selection }) => selection);
}
