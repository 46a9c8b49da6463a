import type { GuardedFile } from "./folderReader.js";
import { decodeLogText, detectEncoding, ENCODING_SAMPLE_BYTES } from "./textEncoding.js";

/** The last lines of a log, oldest first. */
export interface LogTail {
  readonly lines: readonly string[];
  /** Whether the lines begin with the log's first. */
  readonly fromStart: boolean;
  /** Milliseconds after which the last line, which has no end yet, will count as complete; `null` where all have one. */
  readonly recheckInMs: number | null;
}

/** A last line without an end counts as complete when nobody has written for this long (ms). */
const LAST_LINE_REST_MS = 2_000;

/** Reads the complete lines within a log's last `bytes`. */
export async function tailLines(file: GuardedFile, bytes: number): Promise<LogTail> {
  // An even position keeps the two bytes of a UTF-16 character together.
  const start = Math.max(0, file.size - bytes) & ~1;
  const head = await file.read(0, ENCODING_SAMPLE_BYTES);
  const content = await file.read(start, file.size - start);
  const lines = decodeLogText(content, detectEncoding(head)).split(/\r\n|\r|\n/);
  if (start > 0) lines.shift();

  const last = lines.pop() ?? "";
  const unfinished = last.replaceAll("\0", "").trim() !== "";
  const rest = Date.now() - file.modifiedAt;
  // Without any other line the unfinished one is all there is to go by.
  const complete = unfinished && (rest >= LAST_LINE_REST_MS || lines.every((line) => line.trim() === ""));
  if (complete) lines.push(last);
  return {
    lines,
    fromStart: start === 0,
    recheckInMs: unfinished && !complete ? Math.max(1, LAST_LINE_REST_MS - rest) : null,
  };
}
