import type { GuardedFile } from "./folderReader.js";

/** Of either end of a log this much is searched for lines that stand in another one, too. */
const SEARCHED_BYTES = 1024 * 1024;

/** So many of a log's first lines tell whether it was made of another. */
const FIRST_LINES = 16;
const FIRST_BYTES = 64 * 1024;

/** A single one may be a heading that every file begins with. */
const MIN_REPEATED = 2;

/**
 * Whether a log holds again what another one did, as one that was cleaned by hand does beside its backup: more than half of
 * its first lines. Only a line with a number in it, that stands once in the other, tells a log from what follows it.
 */
export async function repeats(log: GuardedFile, other: GuardedFile): Promise<boolean> {
  const beginning = numberedLines(await log.read(0, Math.min(log.size, FIRST_BYTES)));
  const first = [...new Set(beginning)].slice(0, FIRST_LINES);
  const once = await linesThatStandOnce(other);
  const repeated = first.filter((line) => once.has(line)).length;
  return repeated >= MIN_REPEATED && repeated > first.length / 2;
}

async function linesThatStandOnce(log: GuardedFile): Promise<ReadonlySet<string>> {
  const begun = Math.min(log.size, SEARCHED_BYTES);
  const ending = Math.max(begun, log.size - SEARCHED_BYTES);
  const once = new Set<string>();
  const often = new Set<string>();
  for (const bytes of [await log.read(0, begun), await log.read(ending, log.size - ending)]) {
    for (const line of numberedLines(bytes)) {
      if (once.has(line)) often.add(line);
      once.add(line);
    }
  }
  for (const line of often) once.delete(line);
  return once;
}

/** In any encoding: to be compared only. */
function numberedLines(bytes: Buffer): string[] {
  const lines = bytes.toString("latin1").split("\n");
  return lines.map((line) => line.trimEnd()).filter((line) => /\d/.test(line));
}
