import { parseTimestamp } from "../../protocol/isoTimestamp.js";
import { enlargeTinyJsonNumbers } from "../formats/tinyNumber.js";
import { contentDigest } from "./contentDigest.js";
import { isJsonObject } from "./jsonFields.js";
import type { LogTail } from "./logTail.js";
import type { Reading } from "./source.js";
import { SourceError } from "./sourceError.js";

const WINDOW_MS = 24 * 60 * 60 * 1000;

/** Epoch seconds stay below the first of these bounds, milliseconds below the second, microseconds below the third. */
const [SECONDS_BELOW, MILLISECONDS_BELOW, MICROSECONDS_BELOW] = [1e11, 1e14, 1e17];

/**
 * Messages of the last 24 hours: lines of JSON with a `timestamp`, ISO 8601 or epoch seconds, milli- or microseconds.
 * `null` where they may begin before this much of the log.
 * @throws SourceError where a line has none, or a day holds more than is read
 */
export function readChatActivity({ lines, fromStart, longest, recheckInMs }: LogTail): Reading | null {
  const now = Date.now();
  const from = now - WINDOW_MS;
  const times = lines.flatMap((line, index) =>
    line.trim() === "" ? [] : [timeOf(line, fromStart ? index + 1 : null)],
  );
  const recent = times.filter((time) => time > from && time <= now);
  if (!fromStart && times.every((time) => time > from)) {
    if (!longest) return null;
    throw new SourceError(
      "the last 24 hours, or a line, are more than the 64 MB that are read. Rotate the log.",
    );
  }
  // A message leaves the window though nobody writes, and one that is dated ahead enters it.
  const moves = times.flatMap((time) =>
    time > now ? time - now : time > from ? time + WINDOW_MS - now : [],
  );
  const next = moves.reduce((a, b) => Math.min(a, b), recheckInMs ?? Number.POSITIVE_INFINITY);
  return {
    metrics: { chatActivity: { value: recent.length, line: null } },
    content: contentDigest(`${recent.length} ${lines.join("\n")}`),
    recheckInMs: next === Number.POSITIVE_INFINITY ? null : Math.max(1, next),
  };
}

function timeOf(line: string, number: number | null): number {
  const timestamp = timestampOf(line, number);
  // A number too small to be held has become 0, which nobody wrote.
  const written = timestamp === 0 ? timestampOf(enlargeTinyJsonNumbers(line) ?? line, number) : timestamp;
  const time = epochMs(written);
  if (Number.isNaN(time)) {
    throw new SourceError('this message has no "timestamp" that is a date. Mend the line.', number);
  }
  return time;
}

function timestampOf(line: string, number: number | null): unknown {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    throw new SourceError("this line is not valid JSON. Mend it and save the file.", number);
  }
  return isJsonObject(message) ? message.timestamp : null;
}

function epochMs(timestamp: unknown): number {
  if (typeof timestamp === "string") return parseTimestamp(timestamp) ?? Number.NaN;
  if (typeof timestamp !== "number" || timestamp < 0 || timestamp >= MICROSECONDS_BELOW) return Number.NaN;
  if (timestamp < SECONDS_BELOW) return timestamp * 1000;
  return timestamp < MILLISECONDS_BELOW ? timestamp : timestamp / 1000;
}
