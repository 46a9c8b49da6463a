import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const LIMIT = 15 * 60_000;
const POLL = 250;

/**
 * Does the work while no other process does work under the same lock.
 * @template T
 * @param {string} folder stands for the lock while it exists
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, work) {
  const deadline = Date.now() + LIMIT;
  await mkdir(dirname(folder), { recursive: true });
  while (!(await acquired(folder))) {
    if (Date.now() > deadline) throw new Error(`${folder} is held by another process`);
    await delay(POLL);
  }
  try {
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function acquired(folder) {
  const owner = join(folder, "pid");
  try {
    await mkdir(folder);
    await writeFile(owner, String(process.pid));
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
  const pid = Number(await readFile(owner, "utf8").catch(() => ""));
  // Between the folder and its file a holder has no name yet: it is taken to live.
  if (pid && !alive(pid)) await rm(folder, { recursive: true, force: true });
  return false;
}

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}
