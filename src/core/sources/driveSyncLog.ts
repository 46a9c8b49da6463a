import type { DriveSyncStatus } from "../../protocol/snapshot.js";
import { contentDigest } from "./contentDigest.js";
import type { LogTail } from "./logTail.js";
import type { Reading } from "./source.js";
import { SourceError } from "./sourceError.js";

/** What the newest lines of a drive-sync log say. */
export interface DriveSyncLines {
  readonly status: DriveSyncStatus;
  /** Timestamp of the newest successful sync, as the log wrote it; `null` where these lines name none. */
  readonly lastSync: string | null;
  /** Index of the line that names the status; `null` where none does. */
  readonly lineIndex: number | null;
}

const WORDS: Readonly<Record<string, Exclude<DriveSyncStatus, "UNKNOWN">>> = {
  OK: "OK",
  SUCCESS: "OK",
  SUCCESSFUL: "OK",
  SUCCESSFULLY: "OK",
  SUCCEEDED: "OK",
  COMPLETE: "OK",
  COMPLETED: "OK",
  SYNCED: "OK",
  WARN: "WARN",
  WARNING: "WARN",
  RETRY: "WARN",
  RETRYING: "WARN",
  ERROR: "ERROR",
  FAIL: "ERROR",
  FAILED: "ERROR",
  FAILURE: "ERROR",
  SYNCING: "SYNCING",
  STARTED: "SYNCING",
  STARTING: "SYNCING",
};

/** Behind a word: "failed: 0" and "error": null say that there is none. More text behind a 0 may say what went wrong. */
const NOTHING =
  /(?!"?(?:[ _-]?count)?\s*[:=]\s*"?(?:0+|null|none|false)(?:[\s"']*(?:[,;|}\])]|$)|\s+\w+\s*[:=]))/.source;

/**
 * A word of its own, with the one before it: "0 failed" and "no error" say the opposite of their last word, but not the 0
 * of "failed: 0 succeeded: 12".
 */
const STATUS_WORD = new RegExp(
  `(?:\\b(0|no|not|without)\\s+(?!\\w+\\s*[:=]\\s*\\d))?\\b(${Object.keys(WORDS).join("|")})\\b${NOTHING}`,
  "gi",
);

const TIMESTAMP = new RegExp(
  [
    /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?/,
    // The zone. Behind a blank, two digits may be anything.
    /(?:Z\b|[+-]\d{2}(?::?\d{2})?(?!\d)| (?:Z\b|[+-]\d{2}:?\d{2}(?!\d)))?/,
  ]
    .map(({ source }) => source)
    .join(""),
  "i",
);

/** Colours that a terminal program left in its log. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what an ANSI sequence begins with
const ANSI_SEQUENCE = /\u001b\[[0-9;]*[A-Za-z]/g;

/** The status that a line names first; `null` where it names none. */
export function statusOfLine(line: string): Exclude<DriveSyncStatus, "UNKNOWN"> | null {
  for (const [, negation, word] of line.replace(ANSI_SEQUENCE, "").matchAll(STATUS_WORD)) {
    if (negation === undefined && word !== undefined) return WORDS[word.toUpperCase()] ?? null;
  }
  return null;
}

/** Reads a log's lines, oldest first, from their end. */
export function readDriveSyncLines(lines: readonly string[]): DriveSyncLines {
  let status: DriveSyncStatus = "UNKNOWN";
  let lineIndex: number | null = null;
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] ?? "";
    const found = statusOfLine(line);
    if (found === null) continue;
    if (lineIndex === null) {
      status = found;
      lineIndex = index;
    }
    if (found === "OK") return { status, lastSync: line.match(TIMESTAMP)?.[0] ?? null, lineIndex };
  }
  return { status, lastSync: null, lineIndex };
}

/**
 * The newest status of a drive-sync log; `null` where no successful sync stands in this much of it.
 * @throws SourceError where the log has no line
 */
export function readDriveSyncLog({ lines, fromStart, longest, recheckInMs }: LogTail): Reading | null {
  const { status, lastSync, lineIndex } = readDriveSyncLines(lines);
  if (lastSync === null && !fromStart && !longest) return null;
  if (lines.every((line) => line.trim() === "")) {
    if (!fromStart) throw new SourceError("no line ends in the last 4 MB that are read. Rotate the log.");
    throw new SourceError("the log is empty. It is read again when a line is written.");
  }
  const line = fromStart && lineIndex !== null ? lineIndex + 1 : null;
  return {
    metrics: { driveSync: { value: status, line } },
    lastSync,
    content: contentDigest(lines.join("\n")),
    recheckInMs,
  };
}
