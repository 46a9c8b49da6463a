import { readFile } from "node:fs/promises";
import { npm } from "./npm.mjs";

/** @typedef {{ version?: string; optional?: boolean; devOptional?: boolean; peer?: boolean }} Locked */

/**
 * Installs the project's dependencies where they are missing or not those of the lock file.
 * @param {(line: string) => void} say
 */
export async function installDependencies(say) {
  if (await installed()) return;
  say("Installing dependencies …");
  await npm(["ci", "--no-audit", "--no-fund"], { quiet: true });
}

/** npm keeps a lock file of what it has installed: content says more than the age of files. */
async function installed() {
  const [wanted, present] = await Promise.all([
    locked("package-lock.json"),
    locked("node_modules/.package-lock.json"),
  ]);
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === "" || optional || devOptional) return true;
    return present[path]?.version === version;
  });
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, Locked> | undefined>}
 */
async function locked(file) {
  try {
    return JSON.parse(await readFile(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}
