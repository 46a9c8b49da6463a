import { posix } from "node:path";
import { labelOf } from "../config/metricLabel.js";
import type { FolderReader } from "../sources/folderReader.js";
import { GlobSource } from "../sources/globSource.js";
import { filled, type LabelWords } from "./labelWords.js";

/** A number of files that a metric could show. */
export interface GlobSuggestion {
  readonly glob: string;
  readonly label: string;
  /** How many files match now. */
  readonly value: number;
}

const MAX_EXTENSIONS = 8;

/**
 * The counts of files that a folder offers: all of them, and those of each kind. None where there is no file.
 * @param folder relative to the workspace folder, with `/`; "" for that itself
 * @throws SourceError where the folder cannot be read, or holds too much
 */
export async function folderGlobs(
  reader: FolderReader,
  folder: string,
  words: LabelWords,
): Promise<GlobSuggestion[]> {
  const { files } = await reader.list(folder === "" ? "." : folder);
  const visible = files.filter(
    (file) =>
      !posix
        .relative(folder, file)
        .split("/")
        .some((name) => name.startsWith(".")),
  );
  const name = folder === "" ? words.files : labelOf(posix.basename(folder));
  const base = folder === "" ? "" : `${literalGlob(folder)}/`;
  const nested = visible.some((file) => posix.relative(folder, file).includes("/"));
  const drafts = [
    { glob: `${base}**/*`, label: name },
    ...(nested ? [{ glob: `${base}*`, label: filled(words.withoutSubfolders, name) }] : []),
    ...extensionsOf(visible).map((extension) => ({
      glob: `${base}**/*${extension}`,
      label: `${name} (${extension})`,
    })),
  ];
  const counted = await Promise.all(
    drafts.map(async (draft) => ({ ...draft, value: await count(reader, draft.glob) })),
  );
  return counted.filter(({ value }) => value > 0);
}

/** The commonest extensions; those with a sign that means something in a glob are left out. */
function extensionsOf(files: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const file of files) {
    const extension = posix.extname(file);
    if (/^\.[\w-]+$/.test(extension)) counts.set(extension, (counts.get(extension) ?? 0) + 1);
  }
  if (counts.size === 1 && [...counts.values()][0] === files.length) return [];
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MAX_EXTENSIONS)
    .map(([extension]) => extension);
}

/** A path as a glob; any sign stands where one would mean something else: fusion.json takes no backslashes. */
function literalGlob(path: string): string {
  return path.replace(/[*?[\]{}()!+@\\]/g, "?");
}

/** The number of files as a metric's own source gives it. */
async function count(reader: FolderReader, glob: string): Promise<number> {
  const shape = { label: "", icon: null, format: "number" as const, unit: null };
  const { state } = await new GlobSource(reader, "count", glob, shape).collect();
  const value = state.reading?.metrics.count?.value;
  return typeof value === "number" ? value : 0;
}
