import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

/** What the extension reads of its own folder. */
const SHIPPED = ["data", "dist", "l10n", "media"];

/**
 * The extension as it is built, but for what VS Code would start it by: it is installed, and sleeps until a suite wakes it.
 * @param {string} folder where it is put; made by this
 */
export async function sleepingExtension(folder) {
  await mkdir(folder);
  const manifest = JSON.parse(await readFile("package.json", "utf8"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ ...manifest, activationEvents: [] }));
  const parts = (await readdir(".")).filter((name) => SHIPPED.includes(name) || /^package\.nls\b/.test(name));
  await Promise.all(parts.map((name) => symlink(resolve(name), join(folder, name), "junction")));
  return folder;
}
