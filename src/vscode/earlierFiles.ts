import { existsSync } from "node:fs";
import { cp, rename, rm } from "node:fs/promises";

/** What SQLite keeps beside a database; the database itself goes last, so that a move that was cut off goes on. */
const COMPANIONS = ["-wal", "-shm", "-journal", ""];

/**
 * Puts a file that was kept elsewhere in its place, if nothing is there yet: the first of those that are there.
 * @param earlier absolute paths
 * @param file absolute path
 */
export async function adoptFile(earlier: readonly string[], file: string): Promise<void> {
  const found = existsSync(file) ? undefined : earlier.find((path) => existsSync(path));
  if (found === undefined) return;
  for (const companion of COMPANIONS) {
    if (existsSync(found + companion)) await move(found + companion, file + companion);
  }
}

/** Also from one disk to another. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    await cp(from, `${to}.new`);
    await rename(`${to}.new`, to);
    await rm(from);
  }
}
