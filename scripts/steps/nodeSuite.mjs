import { run } from "../vscode/childProcess.mjs";
import { runSuite } from "./suite.mjs";

/**
 * Suites that need no VS Code around them.
 * @param {string} folder below `test`
 * @param {{ grep: string | undefined; timeout: number; limit: number }} options milliseconds for one test, and
 *   for all of them
 */
export function nodeSuite(folder, { grep, timeout, limit }) {
  return runSuite({
    folder,
    grep,
    timeout,
    execute: async ({ order }) => {
      const args = ["--enable-source-maps", "out/test/support/nodeSuite.js", order];
      const ending = await run(process.execPath, args, { limit });
      if (ending.timedOut) console.log(`  took longer than ${limit / 60_000} minutes`);
      return ending.code === 0;
    },
  });
}
