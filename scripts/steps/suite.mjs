import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { FAILED } from "./tally.mjs";

/** @typedef {import("./tally.mjs").Tally} Tally */
/** @typedef {{ ended: boolean; running?: string; passed: number; failed: number; failures: { title: string }[] }} SuiteResult */

/**
 * @typedef {object} Place what a run of suites has to itself
 * @property {string} folder a temporary one
 * @property {string} order the file that says what to run
 * @property {string} report the file the suites print to, if they are told to
 */

/**
 * @typedef {object} Suite
 * @property {string} folder of the sources, below `test`
 * @property {number} timeout milliseconds for one test
 * @property {number} [retries] how often a test that failed is tried again
 * @property {string | undefined} grep
 * @property {boolean} [silent] there is no standard output to print to
 * @property {(place: Place) => Promise<boolean>} execute starts mocha; whether its process ended well
 */

/**
 * Runs the suites of one folder and counts. Suites that are missing, empty or end early count as failed.
 * @param {Suite} suite
 * @returns {Promise<Tally>}
 */
export async function runSuite({ folder, timeout, retries, grep, silent, execute }) {
  const files = await compiled(folder);
  if (files.length === 0) return failure("there are no tests");
  const place = await mkdtemp(join(tmpdir(), "fusion-suite-"));
  try {
    const order = join(place, "order.json");
    const result = join(place, "result.json");
    const colors = Boolean(process.stdout.isTTY);
    const report = join(place, "report.txt");
    const log = silent ? report : undefined;
    await writeFile(order, JSON.stringify({ files, result, log, timeout, retries, colors, grep }));
    const well = await execute({ folder: place, order, report });
    return judged(JSON.parse(await readFile(result, "utf8").catch(() => "null")), well, Boolean(grep));
  } finally {
    await rm(place, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param {SuiteResult | null} result
 * @param {boolean} well
 * @param {boolean} mayBeEmpty
 * @returns {Tally}
 */
function judged(result, well, mayBeEmpty) {
  if (!result) return failure("the suites never began");
  const { passed, failed, ended, running } = result;
  const tally = { passed, failed, failures: result.failures.map(({ title }) => title) };
  if (!ended) return failure(`the suites never ended; the last test was "${running ?? "none"}"`, tally);
  if (passed + failed === 0 && !mayBeEmpty) return failure("no test ran", tally);
  if (!well && failed === 0) return failure("the process ended badly", tally);
  return tally;
}

/**
 * @param {string} reason
 * @param {Tally} [tally]
 * @returns {Tally}
 */
function failure(reason, { passed, failed, failures = [] } = { passed: 0, failed: 0 }) {
  console.log(`  FAILED: ${reason}`);
  return { passed, failed: failed + FAILED.failed, failures: [...failures, reason] };
}

/**
 * What the build made of the suites whose sources are there.
 * @param {string} folder
 */
async function compiled(folder) {
  const sources = await readdir(join("test", folder), { recursive: true }).catch(() => []);
  return sources
    .filter((file) => file.endsWith(".test.ts"))
    .sort()
    .map((file) => resolve("out/test", folder, file.replace(/\.ts$/, ".js")));
}
