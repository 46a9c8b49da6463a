import { run } from "../vscode/childProcess.mjs";
import { runSuite } from "./suite.mjs";

/**
 * Suites that need no VS Code around them.
 * @param {string} folder below `test`
 * @param {{ grep: string | undefined; timeout: number; limit: number; retries?: number; node?: string }} options
 *   milliseconds for one test, and for all of them; how often a test that failed is tried again; the Node.js to run them
 *   in, if not this one
 */
export function nodeSuite(folder, { grep, timeout, limit, retries = 0, node = process.execPath }) {
  return runSuite({
    folder,
    grep,
    timeout,
    retries,
    execute: async ({ order }) => {
      const args = ["--enable-source-maps", "out/test/support/nodeSuite.js", order];
      const ending = await run(node, args, { limit });
      if (ending.timedOut) console.log(`  took longer than ${limit / 60_000} minutes`);
      return ending.code === 0;
    },
  });
}
