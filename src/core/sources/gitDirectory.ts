import { constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { SourceError } from "./sourceError.js";

/** Where a working tree's git data lies; the two differ in a linked worktree. */
export interface GitDirectory {
  /** Absolute path of what this working tree has to itself: HEAD and its log. */
  readonly own: string;
  /** Absolute path of what all worktrees of the repository share: refs and objects. */
  readonly common: string;
}

/** The pointers that git writes are one line; longer ones are not git's. */
const MAX_POINTER_BYTES = 4_096;
/** Waiting for the other end of a pipe would block a thread of the process for ever. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Finds the repository that contains a folder without running git: `.git` in it or above it, which is a directory, or in
 * a worktree or submodule a file that names one. `null` where there is none.
 * @param folder absolute path
 * @throws SourceError where no more file can be opened, so that nobody can tell
 */
export async function findGitDirectory(folder: string): Promise<GitDirectory | null> {
  for (let at = folder; ; at = dirname(at)) {
    const own = await gitDirectoryIn(at);
    if (own !== null) {
      const common = await readPointer(join(own, "commondir"));
      return { own, common: common ? resolve(own, common) : own };
    }
    if (at === dirname(at)) return null;
  }
}

/** The full name of the branch that HEAD is on, such as "refs/heads/main"; `null` where it is on none. Throws as above. */
export async function currentBranch({ own }: GitDirectory): Promise<string | null> {
  const name = /^ref: *(refs\/.+)$/.exec((await readPointer(join(own, "HEAD"))) ?? "")?.[1];
  return name === undefined || name.split("/").includes("..") ? null : name;
}

/**
 * Whether a path exists; one that nobody may look at counts as missing.
 * @throws SourceError where no more file can be opened, so that nobody can tell
 */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error) => nullUnlessExhausted(error) !== null,
  );
}

async function gitDirectoryIn(folder: string): Promise<string | null> {
  const entry = join(folder, ".git");
  const stats = await stat(entry).catch(nullUnlessExhausted);
  // An empty directory of that name is none of git's: it looks further up.
  if (stats?.isDirectory()) return (await exists(join(entry, "HEAD"))) ? entry : null;
  const target = /^gitdir: *(.+)$/.exec((await readPointer(entry)) ?? "")?.[1];
  return target === undefined ? null : resolve(folder, target);
}

/** The first line of a small regular file; `null` where it is no such file. */
async function readPointer(path: string): Promise<string | null> {
  let handle: FileHandle | null = null;
  try {
    // Looked at before it is opened: to open a device can already have an effect.
    if (!(await stat(path)).isFile()) return null;
    handle = await open(path, OPEN_FLAGS);
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(MAX_POINTER_BYTES), 0, MAX_POINTER_BYTES, 0);
    return buffer.toString("utf8", 0, bytesRead).split(/\r?\n/, 1)[0] ?? null;
  } catch (error) {
    return nullUnlessExhausted(error);
  } finally {
    await handle?.close();
  }
}

/** A repository does not go because this process or machine has too many files open. */
function nullUnlessExhausted(error: unknown): null {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== "EMFILE" && code !== "ENFILE") return null;
  throw new SourceError("too many files are open on this machine. It is tried again.", null, true);
}
