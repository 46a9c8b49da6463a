import type { Stats } from "node:fs";
import { chmod, lstat, mkdir } from "node:fs/promises";

const RIGHTS = 0o777;
const OTHERS = 0o077;
const PRIVATE = 0o700;

/**
 * Makes a folder that only this account can look into, or takes one that is there.
 * @param path absolute
 * @throws Error where it cannot be made, or something else is there
 */
export async function ensurePrivateFolder(path: string): Promise<void> {
  // Looked for first: it is there at all starts but one, of which each waits for this.
  const stats = await lstat(path).catch(() => madeFolder(path));
  if (!stats.isDirectory() || !isOwn(stats)) {
    throw new Error(`${path} must be a folder of your own account. Move away what is there.`);
  }
  // The umask may have taken rights away, and an older folder may grant too many.
  if ((stats.mode & RIGHTS) !== PRIVATE) await chmod(path, PRIVATE);
}

async function madeFolder(path: string): Promise<Stats> {
  await mkdir(path, { recursive: true, mode: PRIVATE });
  return await lstat(path);
}

/** Whether something belongs to this account, where the system can tell. */
export function isOwn({ uid }: Stats): boolean {
  return process.getuid === undefined || uid === process.getuid();
}

/** Whether only its owner has any rights, where the system has such. */
export function isPrivate({ mode }: Stats): boolean {
  return process.platform === "win32" || (mode & OTHERS) === 0;
}
