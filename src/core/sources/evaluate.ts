import { extract } from "../formats/extract.js";
import { createLineReader, type LineReader, type UnreadLines } from "../formats/lines.js";
import { contentDigest } from "./contentDigest.js";
import type { Evaluated, Evaluation, EvaluationTask } from "./evaluation.js";
import { SourceError } from "./sourceError.js";
import { decodeLogText, decodeText, type TextEncoding } from "./textEncoding.js";

type LinesTask = Extract<EvaluationTask, { kind: "lines" }>;
type LongLineTask = Extract<EvaluationTask, { kind: "longLine" }>;
type WholeTask = Extract<EvaluationTask, { kind: "whole" }>;

/** @throws SourceError where the content as a whole is not what it should be */
export async function evaluate(task: EvaluationTask): Promise<Evaluation> {
  switch (task.kind) {
    case "whole":
      return evaluateWhole(task);
    case "lines":
      return evaluateLines(task);
    case "longLine":
      return leaveOutLine(task);
  }
}

async function evaluateWhole({ format, bytes, selections }: WholeTask): Promise<Evaluation> {
  const extracted = await extract(format, decodeText(bytes), selections);
  const values = extracted.map(
    (each): Evaluated => (each.ok ? { ...each, warning: null } : refused(each.error)),
  );
  return { values, content: contentDigest(bytes), states: null, consumed: bytes.length, lines: 0 };
}

function evaluateLines(task: LinesTask): Evaluation {
  const { format, bytes, encoding, selections, states, linesBefore, complete } = task;
  const consumed = complete ? wholeCharacters(bytes, encoding) : endOfLastLine(bytes, encoding);
  const text = decodeLogText(bytes.subarray(0, consumed), encoding);
  const lines = text.split(/\r\n|\r|\n/);
  // What follows the last line's end is no line.
  if (lines.at(-1) === "") lines.pop();

  const readers = restore(selections, format, states);
  if (readers === null) return DAMAGED;
  for (const [index, line] of lines.entries()) {
    for (const reader of readers) reader.add(line, linesBefore + index + 1);
  }
  return evaluated(readers, consumed, linesBefore + lines.length);
}

function leaveOutLine({ format, selections, states, linesBefore }: LongLineTask): Evaluation {
  const readers = restore(selections, format, states);
  if (readers === null) return DAMAGED;
  const line = linesBefore + 1;
  for (const reader of readers) reader.leaveOut(line, "this line is longer than the 1 MB that are read.");
  return evaluated(readers, 0, line);
}

const DAMAGED: Evaluation = { values: [], content: "", states: null, consumed: 0, lines: 0 };

function evaluated(readers: readonly LineReader[], consumed: number, lines: number): Evaluation {
  return {
    values: readers.map((reader): Evaluated => resultOf(() => reader.result())),
    content: "",
    states: readers.map((reader) => reader.state()),
    consumed,
    lines,
  };
}

/** Readers that go on from earlier states; `null` where these are damaged. */
function restore(
  selections: LinesTask["selections"],
  format: LinesTask["format"],
  states: LinesTask["states"],
): LineReader[] | null {
  try {
    return selections.map((selection, index) => createLineReader(selection, format, states?.[index]));
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
}

function resultOf(result: LineReader["result"]): Evaluated {
  try {
    const { value, line, unread } = result();
    return { ok: true, value, line, warning: unread && leftOut(unread) };
  } catch (error) {
    if (error instanceof SourceError) return refused(error);
    throw error;
  }
}

function leftOut({ count, first, reason }: UnreadLines): string {
  const lines = count === 1 ? "1 line is left out" : `${count} lines are left out`;
  return `${lines}, the first of them line ${first}: ${reason}`;
}

function refused({ reason, line }: SourceError): Evaluated {
  return { ok: false, reason, line };
}

/** Bytes without the first half of a UTF-16 character that was cut. */
function wholeCharacters({ length }: Uint8Array, encoding: TextEncoding): number {
  return encoding === "utf-8" ? length : length & ~1;
}

/** Bytes up to and with the last line end. */
function endOfLastLine(bytes: Uint8Array, encoding: TextEncoding): number {
  if (encoding === "utf-8") return bytes.lastIndexOf(LINE_FEED) + 1;
  const [high, low] = encoding === "utf-16le" ? [1, 0] : [0, 1];
  for (let at = (bytes.length & ~1) - 2; at >= 0; at -= 2) {
    if (bytes[at + low] === LINE_FEED && bytes[at + high] === 0) return at + 2;
  }
  return 0;
}

const LINE_FEED = 0x0a;
