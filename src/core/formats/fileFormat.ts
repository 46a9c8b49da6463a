import { posix } from "node:path";

export type FileFormat = "json" | "jsonc" | "jsonl" | "csv" | "tsv" | "yaml" | "toml" | "markdown" | "text";

/** Formats that are read line by line, so that only what was appended needs reading. */
export type LineFormat = Extract<FileFormat, "jsonl" | "text">;

const BY_EXTENSION: Readonly<Record<string, FileFormat>> = {
  ".json": "json",
  ".jsonc": "jsonc",
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".csv": "csv",
  ".tsv": "tsv",
  ".yaml": "yaml",
  ".yml": "yaml",
  ".toml": "toml",
  ".md": "markdown",
  ".markdown": "markdown",
};

/** The format that a file's extension speaks for, in any case; text for every other. Paths have `/`. */
export function formatOf(file: string): FileFormat {
  const extension = posix.extname(file).toLowerCase();
  return Object.hasOwn(BY_EXTENSION, extension) ? (BY_EXTENSION[extension] ?? "text") : "text";
}
