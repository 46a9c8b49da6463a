import { formatOf } from "../formats/fileFormat.js";
import type { DiscoveryTask, EvaluationOf, MatchTask } from "../sources/evaluation.js";
import type { Evaluator } from "../sources/evaluator.js";
import { refuseLarge } from "../sources/fileSize.js";
import type { FolderReader } from "../sources/folderReader.js";
import { SourceError } from "../sources/sourceError.js";
import { detectEncoding, ENCODING_SAMPLE_BYTES } from "../sources/textEncoding.js";
import type { LabelWords } from "./labelWords.js";
import type { LineUse } from "./lineUse.js";

/** Of a longer log only its end is looked through: its metrics read it bit by bit. */
export const MOST_OF_LOG = 8 * 1024 * 1024;

/** What was found in a file, and whether all of it was looked through. */
export type Looked<T> = T & { readonly whole: boolean };

/**
 * Looks through a file for what a metric could show.
 * @param file relative to the workspace folder, with `/`
 * @throws SourceError where it cannot be read, is too large, is damaged, or holds nothing that can be shown
 */
export function discoverFile(
  reader: FolderReader,
  evaluator: Evaluator,
  file: string,
  words: LabelWords,
): Promise<Looked<EvaluationOf<DiscoveryTask>>> {
  const format = formatOf(file);
  const appendOnly = format === "jsonl" || format === "text";
  return look(reader, file, appendOnly, (part) =>
    evaluator.evaluate({ kind: "discovery", file, format, words, ...part }),
  );
}

/**
 * Looks through a log for the lines that are like one of them.
 * @param file relative to the workspace folder, with `/`
 * @throws SourceError where it cannot be read
 */
export function matchFile(
  reader: FolderReader,
  evaluator: Evaluator,
  file: string,
  use: LineUse,
  words: LabelWords,
): Promise<Looked<EvaluationOf<MatchTask>>> {
  return look(reader, file, true, (part) => evaluator.evaluate({ kind: "match", use, words, ...part }));
}

type Part = Pick<MatchTask, "bytes" | "encoding" | "fromStart">;

/** @param appendOnly whether the end of a file is enough */
async function look<T extends object>(
  reader: FolderReader,
  file: string,
  appendOnly: boolean,
  evaluate: (part: Part) => Promise<T>,
): Promise<Looked<T>> {
  const read = await reader.read(file, { appendOnly }, async (opened) => {
    if (!appendOnly) refuseLarge(opened);
    const head = await opened.read(0, ENCODING_SAMPLE_BYTES);
    const encoding = detectEncoding(head);
    // From an even place on, so that no character of UTF-16 is cut.
    const start = appendOnly ? 2 * Math.floor(Math.max(0, opened.size - MOST_OF_LOG) / 2) : 0;
    const fromStart = start === 0;
    return { bytes: await opened.read(start, opened.size - start), encoding, fromStart };
  });
  if (read === null) throw new SourceError("there is no such file.");
  return { ...(await evaluate(read.result)), whole: read.result.fromStart };
}
