import type { Stats } from "node:fs";
import { chmod, lstat, mkdir } from "node:fs/promises";

/**
 * Makes a folder that only this account can enter, or sees to it that an existing one is such.
 * @throws Error where it cannot be made, or something of another account is in its place
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

/** Whether a file belongs to this account, where the system can tell. */
export function isOwn({ uid }: Stats): boolean {
  return process.getuid === undefined || uid === process.getuid();
}
