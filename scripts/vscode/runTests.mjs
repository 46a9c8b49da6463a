/**
 * One call of `runTests` in a process that can be stopped, which `runTests` itself has no way to ask for.
 * Takes its options as JSON.
 */
import { runTests } from "@vscode/test-electron";

// What runs the tests gets the same signal, and this process ends after it.
process.on("SIGTERM", () => {});

/** @type {import("@vscode/test-electron/out/runTest.js").TestOptions} */
const options = JSON.parse(process.argv[2] ?? "");
await runTests(options).catch((error) => {
  console.log(error.message);
  process.exitCode = 1;
});
