/** Measures the product in the real host and prints the figures beside their bounds: `npm run bench`. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./vscode/childProcess.mjs";
import { installDependencies } from "./vscode/dependencies.mjs";

/** Activations measured, each in a VS Code of its own; the table gives their median. */
const ACTIVATIONS = 5;
const LIMIT = 10 * 60_000;

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
await installDependencies(console.log);
await node("scripts/build.mjs", "--production", "--tests");

const folder = await mkdtemp(join(tmpdir(), "fusion-bench-"));
const figures = join(folder, "figures.jsonl");
process.env.FUSION_FIGURES = figures;
try {
  const [{ hostSuite }, { sample }] = await Promise.all([
    import("./steps/hostSuite.mjs"),
    import("../test/host/scenarios.mjs"),
  ]);
  for (let round = 0; round < ACTIVATIONS; round++) {
    const { failed } = await hostSuite(
      { name: "activation", suites: "bench/host", prepare: sample },
      undefined,
    );
    if (failed > 0) throw new Error("The activation could not be measured");
  }
  await node("out/test/bench/panel.js", figures);
  await node("out/test/bench/report.js", figures);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** @param {string[]} args */
async function node(...args) {
  const { code } = await run(process.execPath, args, { limit: LIMIT });
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}`);
}
