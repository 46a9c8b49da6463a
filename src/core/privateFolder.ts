import type { Stats } from "node:fs";
import { chmod, lstat, mkdir } from "node:fs/promises";

const OTHERS = 0o077;

/**
 * Makes a folder that only this account can look into, or takes one that is there.
 * @param path absolute
 * @throws Error where it cannot be made, or something else is there
 */
export async function ensurePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const stats = await lstat(path);
  if (!stats.isDirectory() || !isOwn(stats)) {
    throw new Error(`${path} must be a folder of your own account. Move away what is there.`);
  }
  // The umask may have taken rights away, and an older folder may grant too many.
  await chmod(path, 0o700);
}

/** Whether something belongs to this account, where the system can tell. */
export function isOwn({ uid }: Stats): boolean {
  return process.getuid === undefined || uid === process.getuid();
}

/** Whether only its owner has any rights, where the system has such. */
export function isPrivate({ mode }: Stats): boolean {
  return process.platform === "win32" || (mode & OTHERS) === 0;
}
