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

/** Files of programs that take comments in their JSON: TypeScript's, and VS Code's in `.vscode`. */
const WITH_COMMENTS = /(?:^|\/)(?:[jt]sconfig[^/]*|\.vscode\/[^/]*)\.json$/i;

/** The format that a file's extension speaks for, in any case; text for every other. Paths have `/`. */
export function formatOf(file: string): FileFormat {
  if (WITH_COMMENTS.test(file)) return "jsonc";
  const extension = posix.extname(file).toLowerCase();
  return Object.hasOwn(BY_EXTENSION, extension) ? (BY_EXTENSION[extension] ?? "text") : "text";
}
