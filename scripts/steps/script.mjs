import { run } from "../vscode/childProcess.mjs";
import { npmRun } from "../vscode/npm.mjs";
import { FAILED, PASSED } from "./tally.mjs";

const LIMIT = 4 * 60_000;

/**
 * One script of package.json: it passes or fails as a whole.
 * @param {string} name
 * @returns {Promise<import("./tally.mjs").Tally>}
 */
export async function script(name) {
  return verdict(await npmRun(["run", "--silent", name], { cwd: process.cwd(), limit: LIMIT, quiet: false }));
}

/**
 * The product and its suites, built.
 * @returns {Promise<import("./tally.mjs").Tally>}
 */
export async function built() {
  return verdict(await run(process.execPath, ["scripts/build.mjs", "--tests"], { limit: LIMIT }));
}

/** @param {import("../vscode/childProcess.mjs").Ending} ending */
function verdict({ code, timedOut }) {
  if (timedOut) console.log(`  took longer than ${LIMIT / 60_000} minutes`);
  return code === 0 ? PASSED : FAILED;
}
