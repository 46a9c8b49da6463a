/**
 * Measures the product and prints the figures beside their bounds: `npm run bench`, or some parts: `npm run bench -- files`,
 * `npm run bench -- clients/emission`. Ends with 1 where a bound is exceeded. With `--write`, README and the interval picker
 * get the measured costs of the intervals.
 */
import { appendFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bareExtension } from "../test/bench/bare/bareExtension.mjs";
import { sample } from "../test/host/scenarios.mjs";
import { run } from "./vscode/childProcess.mjs";
import { installDependencies } from "./vscode/dependencies.mjs";
import { sleepingExtension } from "./vscode/sleepingExtension.mjs";

/** What is measured inside VS Code, by the folder of its suites; and how often, each time in a VS Code of its own. */
const IN_HOST = [
  { name: "activation", suites: "bench/host", rounds: 5, prepare: sample, companion: bareExtension },
  { name: "memory", suites: "bench/memory", rounds: 3, prepare: sample, extension: sleepingExtension },
];
/** Folders of `test/bench` of which each file is a benchmark. */
const PARTS = ["panel", "files", "clients", "headless", "history", "intervals"];
/** What needs SQLite, or the processor time of a single thread, and so a newer Node.js. */
const ON_NEWER_NODE = ["history", "files/badInput", "files/largeJson", "headless/memory", "panel/trend"];
const LIMIT = 10 * 60_000;

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean", default: false } },
});
const benchmarks = await chosen(positionals);
if (flags.write) process.env.FUSION_WRITE = "1";
await installDependencies(console.log);
if ((await node("scripts/build.mjs", "--production", "--tests")) !== 0) process.exit(1);

const folder = await mkdtemp(join(tmpdir(), "fusion-bench-"));
const figures = join(folder, "figures.jsonl");
process.env.FUSION_FIGURES = figures;
try {
  for (const name of benchmarks) {
    console.log(`\n${name}`);
    const inHost = IN_HOST.find((benchmark) => benchmark.name === name);
    const code = inHost ? await measuredInHost(inHost) : await measured(name);
    if (code !== 0)
      await appendFile(figures, `${JSON.stringify({ name, failure: `it ended with ${code}` })}\n`);
  }
  const [minute = 0, , quarter = 0] = loadavg();
  const load = `${minute.toFixed(1)} in the last minute, ${quarter.toFixed(1)} in the last quarter of an hour`;
  console.log(`\nLoad of the machine: ${load}, on ${availableParallelism()} processors`);
  process.exitCode = (await node("out/test/bench/report.js", figures)) ?? 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/**
 * The benchmarks of these names, or of these parts; all where none is named.
 * @param {string[]} names
 */
async function chosen(names) {
  const folders = PARTS.map(async (part) =>
    (await readdir(join("test/bench", part))).sort().map((file) => `${part}/${parse(file).name}`),
  );
  const all = [...IN_HOST.map(({ name }) => name), ...(await Promise.all(folders)).flat()];
  const unknown = names.filter((name) => !all.some((benchmark) => isNamed(benchmark, name)));
  if (unknown.length > 0) {
    const parts = [...IN_HOST.map(({ name }) => name), ...PARTS].join(", ");
    console.log(
      `No such part: ${unknown.join(", ")}. There are: ${parts}; or one of them, such as ${all.at(-1)}`,
    );
    process.exit(1);
  }
  return all.filter((benchmark) => names.length === 0 || names.some((name) => isNamed(benchmark, name)));
}

/**
 * Whether a name is a benchmark's own, or that of its part.
 * @param {string} benchmark
 * @param {string} name
 */
function isNamed(benchmark, name) {
  return benchmark === name || benchmark.startsWith(`${name}/`);
}

/**
 * The exit code of one benchmark.
 * @param {string} name
 */
async function measured(name) {
  const script = `out/test/bench/${name}.js`;
  if (!ON_NEWER_NODE.some((newer) => isNamed(name, newer))) return await node(script);
  const { installNode } = await import("./vscode/node.mjs");
  return (await run(await installNode(console.log), [script], { limit: LIMIT })).code;
}

/**
 * The exit code of what is measured in the real host.
 * @param {typeof IN_HOST[number]} scenario
 */
async function measuredInHost({ rounds, ...scenario }) {
  const { hostSuite } = await import("./steps/hostSuite.mjs");
  for (let round = 0; round < rounds; round++) {
    const { failed } = await hostSuite(scenario, undefined);
    if (failed > 0) return 1;
  }
  return 0;
}

/**
 * The exit code; `null` where it took too long or was ended.
 * @param {string[]} args
 */
async function node(...args) {
  return (await run(process.execPath, args, { limit: LIMIT })).code;
}
