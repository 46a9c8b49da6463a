import type { FolderReader, GuardedFile } from "./folderReader.js";
import { beginsAlike, type Checkpoint, sameContent } from "./logCheckpoint.js";
import { sameSeries } from "./logSeries.js";
import { unpacked, unpackedName } from "./packedLog.js";
import { SourceError } from "./sourceError.js";

/** A file that a log was before it was rotated away, or the copy that was made of it. */
export interface RotatedLog {
  readonly file: string;
  readonly identity: string;
  /** Whether it is the one that was being read, rather than one that came and went since. */
  readonly known: boolean;
  /** Whether all of it was read before: a copy that was made before the log's last lines. */
  readonly read: boolean;
}

/** No more files than these are read to find what a log was: fewer rotations come between two looks. */
const MAX_CANDIDATES = 100;

interface Sibling {
  readonly file: string;
  readonly identity: string;
  readonly modifiedAt: number;
}

/**
 * What a log was since a checkpoint, oldest first; empty where no file beside it is what was read then.
 * @throws SourceError where the files are renamed meanwhile: to read on then could count a file twice, or none
 */
export async function rotatedSince(
  reader: FolderReader,
  log: string,
  opened: GuardedFile,
  checkpoint: Checkpoint,
): Promise<readonly RotatedLog[]> {
  const siblings = await look(reader, log, opened, checkpoint);
  let known: (Sibling & Pick<RotatedLog, "read">) | null = null;
  const isSame = ({ identity }: Sibling) => identity === checkpoint.identity;
  // Logs of equal lines are told apart by the file itself; a whole one goes before the copy of a part.
  for (const sibling of siblings.toSorted((a, b) => Number(isSame(b)) - Number(isSame(a)))) {
    const match = await matchOf(reader, sibling, checkpoint);
    if (match === null || !(known === null || (known.read && match === "whole"))) continue;
    known = { ...sibling, read: match === "part" };
    if (isSame(sibling)) break;
  }
  const after = await look(reader, log, opened, checkpoint);
  if (JSON.stringify(after) !== JSON.stringify(siblings)) throw rotating();
  if (known === null) return [];
  const { file, identity, modifiedAt, read } = known;
  const later = siblings
    .filter((sibling) => sameSeries(sibling.file, file) && sibling.modifiedAt > modifiedAt)
    .sort((a, b) => a.modifiedAt - b.modifiedAt);
  return [
    { file, identity, known: true, read },
    ...later.map((sibling) => ({ ...sibling, known: false, read: false })),
  ];
}

/** @throws SourceError where another file has the name by now */
export function requireIdentity(opened: GuardedFile, { identity }: RotatedLog): void {
  if (opened.identity !== identity) throw rotating();
}

/** Whether the log that was read now stands beside the one that has its name. */
export async function stepsAside(
  reader: FolderReader,
  log: string,
  opened: GuardedFile,
  checkpoint: Checkpoint,
): Promise<boolean> {
  const { identity } = checkpoint;
  if (opened.identity === identity) return false;
  const siblings = await look(reader, log, opened, checkpoint);
  if (siblings.some((sibling) => sibling.identity === identity)) return true;
  // A file that is renamed while the folder is listed can be under neither name.
  if (JSON.stringify(await look(reader, log, opened, checkpoint)) !== JSON.stringify(siblings))
    throw rotating();
  return false;
}

/** The files beside a log that were written last, and the one that was being read whenever that was. */
async function look(
  reader: FolderReader,
  log: string,
  opened: GuardedFile,
  checkpoint: Checkpoint,
): Promise<readonly Sibling[]> {
  const siblings = new Map<string, Sibling>();
  const files = new Set(await reader.siblings(log));
  for (const file of files) {
    // While a log is being packed, both are there.
    if (file !== unpackedName(file) && files.has(unpackedName(file))) continue;
    // What cannot be read beside the log is no earlier part of it.
    const state = await reader.look(file).catch(() => null);
    if (state === null || state.identity === opened.identity) continue;
    siblings.set(state.identity, { file, identity: state.identity, modifiedAt: state.modifiedAt });
  }
  const all = [...siblings.values()];
  const newest = new Set(all.toSorted((a, b) => b.modifiedAt - a.modifiedAt).slice(0, MAX_CANDIDATES));
  return all.filter((sibling) => newest.has(sibling) || sibling.identity === checkpoint.identity);
}

async function matchOf(reader: FolderReader, { file, identity }: Sibling, checkpoint: Checkpoint) {
  const read = await reader.read(file, { appendOnly: true }, async (opened) => {
    if (opened.identity !== identity) throw rotating();
    const log = await unpacked(file, opened, checkpoint);
    if (log === null) return null;
    if (await sameContent(log, checkpoint)) return "whole" as const;
    return (await beginsAlike(log, checkpoint)) ? ("part" as const) : null;
  });
  return read?.result ?? null;
}

/** Of a log whose files are being renamed, packed or removed while they are read. */
export function rotating(): SourceError {
  return new SourceError("the log is being rotated. It is read again in a moment.", null, true);
}
