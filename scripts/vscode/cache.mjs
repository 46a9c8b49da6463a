import { readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { withLock } from "./lock.mjs";

/**
 * A path in the project's cache, which git ignores. The scripts run in the project's folder.
 * @param {string[]} parts
 */
export function cachePath(...parts) {
  return resolve(".vscode-test", ...parts);
}

/**
 * Fills a folder of the cache once. An interrupted filling, or one of other contents, is done again.
 * @param {string} name of the folder
 * @param {string} contents what the folder is filled with, by name and version
 * @param {(folder: string) => Promise<void>} fill
 * @returns {Promise<string>} the folder
 */
export async function cached(name, contents, fill) {
  const folder = cachePath(name);
  const marker = join(folder, "complete");
  const complete = async () => (await readFile(marker, "utf8").catch(() => "")) === contents;
  if (await complete()) return folder;
  await withLock(cachePath(`${name}.lock`), async () => {
    if (await complete()) return;
    await rm(folder, { recursive: true, force: true });
    await fill(folder);
    await writeFile(marker, contents);
  });
  return folder;
}
