import { chmodSync, lstatSync, mkdirSync, type Stats } from "node:fs";

const RIGHTS = 0o777;
const OTHERS = 0o077;
const PRIVATE = 0o700;

/**
 * Makes a folder that only this account can look into, or takes one that is there. At once: a start waits for each of the
 * few that it asks for, and the way through a thread of its own takes many times as long as the look itself.
 * @param path absolute
 * @throws Error where it cannot be made, or something else is there
 */
export function ensurePrivateFolder(path: string): void {
  // Looked for first: it is there at all starts but one, of which each waits for this.
  const stats = lstatSync(path, { throwIfNoEntry: false }) ?? madeFolder(path);
  if (!stats.isDirectory() || !isOwn(stats)) {
    throw new Error(`${path} must be a folder of your own account. Move away what is there.`);
  }
  // The umask may have taken rights away, and an older folder may grant too many.
  if ((stats.mode & RIGHTS) !== PRIVATE) chmodSync(path, PRIVATE);
}

function madeFolder(path: string): Stats {
  mkdirSync(path, { recursive: true, mode: PRIVATE });
  return lstatSync(path);
}

/** Whether something belongs to this account, where the system can tell. */
export function isOwn({ uid }: Stats): boolean {
  return process.getuid === undefined || uid === process.getuid();
}

/** Whether only its owner has any rights, where the system has such. */
export function isPrivate({ mode }: Stats): boolean {
  return process.platform === "win32" || (mode & OTHERS) === 0;
}
