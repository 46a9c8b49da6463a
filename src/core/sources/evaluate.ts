import { extract } from "../formats/extract.js";
import { createLineReader, type LineReader, type UnreadLines } from "../formats/lines.js";
import { contentDigest } from "./contentDigest.js";
import type {
  DiscoveryTask,
  Evaluated,
  EvaluationOf,
  EvaluationTask,
  LinesTask,
  LongLineTask,
  MatchTask,
  WholeTask,
} from "./evaluation.js";
import { evaluateOwn } from "./ownEvaluation.js";
import { SourceError } from "./sourceError.js";
import { decodeLogText, decodeText, wholeCharacters } from "./textEncoding.js";

/** @throws SourceError where the content as a whole is not what it should be */
export async function evaluate(task: EvaluationTask): Promise<EvaluationOf<EvaluationTask>> {
  switch (task.kind) {
    case "whole":
      return evaluateWhole(task);
    case "lines":
      return evaluateLines(task);
    case "longLine":
      return leaveOutLine(task);
    case "discovery":
    case "match":
      return lookThrough(task);
    default:
      return evaluateOwn(task);
  }
}

async function evaluateWhole({ format, bytes, selections }: WholeTask): Promise<EvaluationOf<WholeTask>> {
  const extracted = await extract(format, decodeText(bytes), selections);
  const values = extracted.map(
    (each): Evaluated => (each.ok ? { ...each, warning: null } : refused(each.error)),
  );
  return { values, content: contentDigest(bytes) };
}

/** What it needs is loaded with the first such task: few windows ever have one. */
async function lookThrough(
  task: DiscoveryTask | MatchTask,
): Promise<EvaluationOf<DiscoveryTask | MatchTask>> {
  const { bytes, encoding, fromStart, words } = task;
  const lines = task.kind === "match" || task.format === "jsonl" || task.format === "text";
  const decoded = lines ? decodeLogText(bytes, encoding) : decodeText(bytes);
  const text = fromStart ? decoded : decoded.slice(decoded.search(/[\r\n]/) + 1);
  if (task.kind === "match") {
    const { matchLines } = await import("../discovery/lineMatches.js");
    return matchLines(text, task.use, words);
  }
  const { discover } = await import("../discovery/discover.js");
  return discover({ file: task.file, format: task.format, text, words });
}

function evaluateLines(task: LinesTask): EvaluationOf<LinesTask> {
  const { format, bytes, encoding, selections, linesBefore, complete, lastLineCounts } = task;
  const readers = restore(selections, format, task.states);
  if (readers === null) return null;
  const read = (part: Uint8Array, before: number): number => {
    const lines = decodeLogText(part, encoding).split(/\r\n|\r|\n/);
    // What follows the last line's end is no line.
    if (lines.at(-1) === "") lines.pop();
    for (const [index, line] of lines.entries()) {
      for (const reader of readers) reader.add(line, before + index + 1);
    }
    return before + lines.length;
  };
  const lines = read(bytes.subarray(0, complete), linesBefore);
  const states = readers.map((reader) => reader.state());
  // What of an unfinished line counts now is counted anew when it has ended: the states stay before it.
  if (lastLineCounts) read(bytes.subarray(complete, wholeCharacters(bytes, encoding)), lines);
  return { values: valuesOf(readers), states, lines };
}

function leaveOutLine({ format, selections, states, linesBefore }: LongLineTask): EvaluationOf<LongLineTask> {
  const readers = restore(selections, format, states);
  if (readers === null) return null;
  const line = linesBefore + 1;
  for (const reader of readers) reader.leaveOut(line, "this line is longer than the 1 MB that are read.");
  return { values: valuesOf(readers), states: readers.map((reader) => reader.state()), lines: line };
}

function valuesOf(readers: readonly LineReader[]): Evaluated[] {
  return readers.map((reader) => resultOf(() => reader.result()));
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
  return count === 1
    ? `line ${first} is left out: ${reason}`
    : `${count} lines are left out, the first of them line ${first}: ${reason}`;
}

function refused({ reason, line }: SourceError): Evaluated {
  return { ok: false, reason, line };
}
