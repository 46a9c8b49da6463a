import type { TailPlace } from "./evaluation.js";
import { LAST_LINE_REST_MS } from "./lineRest.js";
import { decodeLogText } from "./textEncoding.js";

/** The last lines of a log, oldest first. */
export interface LogTail {
  readonly lines: readonly string[];
  /** Whether the lines begin with the log's first. */
  readonly fromStart: boolean;
  /** Whether no more of the log will be read. */
  readonly longest: boolean;
  /** Milliseconds after which the last line, which has no end yet, will count as complete; `null` where all have one. */
  readonly recheckInMs: number | null;
}

/** The complete lines within the last bytes of a log. */
export function tailLines(bytes: Uint8Array, { encoding, fromStart, longest, restMs }: TailPlace): LogTail {
  const lines = decodeLogText(bytes, encoding).split(/\r\n|\r|\n/);
  if (!fromStart) lines.shift();

  const last = lines.pop() ?? "";
  const unfinished = last.replaceAll("\0", "").trim() !== "";
  // Without any other line the unfinished one is all there is to go by.
  const complete = unfinished && (restMs >= LAST_LINE_REST_MS || lines.every((line) => line.trim() === ""));
  if (complete) lines.push(last);
  return {
    lines,
    fromStart,
    longest,
    recheckInMs: unfinished && !complete ? Math.max(1, LAST_LINE_REST_MS - restMs) : null,
  };
}
