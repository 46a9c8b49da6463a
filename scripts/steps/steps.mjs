import { SCENARIOS } from "../../test/host/scenarios.mjs";
import { installNode } from "../vscode/node.mjs";
import { hostSuite } from "./hostSuite.mjs";
import { nodeSuite } from "./nodeSuite.mjs";
import { built, script } from "./script.mjs";
import { FAILED, sum } from "./tally.mjs";

const MINUTE = 60_000;

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} group what it is called by on the command line
 * @property {boolean} [suites] needs the build
 * @property {(grep: string | undefined) => Promise<import("./tally.mjs").Tally>} run
 */

/** @type {Step[]} */
const STEPS = [
  ...["types", "lint", "layers", "unused"].map((name) => ({ name, group: name, run: () => script(name) })),
  {
    name: "unit",
    group: "unit",
    suites: true,
    run: (grep) => nodeSuite("unit", { grep, timeout: 45_000, limit: 10 * MINUTE }),
  },
  {
    name: "storage",
    group: "storage",
    suites: true,
    run: async (grep) => {
      const node = await installNode(console.log);
      return await nodeSuite("storage", { grep, timeout: 2 * MINUTE, limit: 10 * MINUTE, node });
    },
  },
  ...SCENARIOS.map((scenario) => ({
    name: `host: ${scenario.name}`,
    group: "host",
    suites: true,
    run: (/** @type {string | undefined} */ grep) => hostSuite(scenario, grep),
  })),
  {
    name: "e2e",
    group: "e2e",
    suites: true,
    // A browser on a busy machine can lose a click or a key to what is drawn at that moment; it says so where it did.
    run: (grep) => nodeSuite("e2e", { grep, timeout: 2 * MINUTE, limit: 60 * MINUTE, retries: 1 }),
  },
];

/**
 * Runs the steps, all of them whatever fails, and prints the totals.
 * @param {string[]} names of groups or steps; none means all
 * @param {string | undefined} grep
 * @returns {Promise<number>} the exit code
 */
export async function runSteps(names, grep) {
  const chosen = STEPS.filter(
    ({ name, group }) => names.length === 0 || names.some((n) => n === group || n === name),
  );
  const unknown = names.filter((n) => !STEPS.some(({ name, group }) => n === group || n === name));
  if (unknown.length > 0) {
    console.log(
      `No such step: ${unknown.join(", ")}. There are: ${STEPS.map(({ name }) => name).join(", ")}`,
    );
    return 1;
  }
  /** @type {({ name: string } & import("./tally.mjs").Tally)[]} */
  const tallies = [];
  let buildable = true;
  if (chosen.some(({ suites }) => suites)) {
    const build = await reported("build", built);
    buildable = build.failed === 0;
    tallies.push({ name: "build", ...build });
  }
  for (const step of chosen) {
    const skipped = step.suites && !buildable;
    const tally = await reported(step.name, async () => (skipped ? notBuilt() : await step.run(grep)));
    tallies.push({ name: step.name, ...tally });
  }
  for (const { name, failures = [] } of tallies)
    for (const title of failures) console.log(`\nFAILED in ${name}: ${title}`);
  const { passed, failed } = sum(tallies);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

/**
 * @param {string} name
 * @param {() => Promise<import("./tally.mjs").Tally>} work
 */
async function reported(name, work) {
  console.log(`\n=== ${name}`);
  const begin = Date.now();
  const tally = await work().catch((error) => {
    console.log(error);
    return FAILED;
  });
  const seconds = ((Date.now() - begin) / 1000).toFixed(1);
  console.log(`--- ${name}: ${tally.passed} passed, ${tally.failed} failed (${seconds} s)`);
  return tally;
}

function notBuilt() {
  console.log("  FAILED: what it runs could not be built");
  return FAILED;
}
