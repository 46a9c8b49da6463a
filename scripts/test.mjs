/**
 * Everything that is checked, one step after the other: `npm test`, or some steps: `npm test -- unit host`.
 * `--grep words` runs only the tests with these words in their titles.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installDependencies } from "./vscode/dependencies.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: "string" } },
});

process.exit(
  await everything().catch((error) => {
    console.log(error);
    console.log("\n0 passed, 1 failed");
    return 1;
  }),
);

async function everything() {
  await installDependencies(console.log);
  // What the steps import is there only now.
  const { runSteps } = await import("./steps/steps.mjs");
  return await runSteps(positionals, values.grep);
}
