/**
 * What the suites do in small numbers, in those that are promised, and prints the figures: `npm run soak`, or some parts:
 * `npm run soak -- tornReads`. Ends with 1 where a promise is not kept. The part `hour` takes as many minutes as it is
 * told: `npm run soak -- hour --minutes 5`.
 */
import { appendFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { run } from "./vscode/childProcess.mjs";
import { installDependencies } from "./vscode/dependencies.mjs";

const MINUTE = 60_000;
const LIMIT = 30 * MINUTE;
/** Parts that need SQLite, and so a Node.js as new as the extension host's. */
const WITH_SQLITE = ["hour", "killedHistory", "longRun", "recovery"];
/** At this part's pace V8 would make more room for garbage than the hours that it stands for ever need. */
const SMALL_YOUNG_SPACE = "longRun";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const all = (await readdir("test/soak")).map((file) => parse(file).name).sort();
const { values: flags, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: "string", default: "60" } },
});
const minutes = Number(flags.minutes);
if (!(minutes > 0)) {
  console.log(`--minutes takes a number above 0, not ${flags.minutes}`);
  process.exit(1);
}
const unknown = names.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.log(`No such part: ${unknown.join(", ")}. There are: ${all.join(", ")}`);
  process.exit(1);
}
await installDependencies(console.log);
if ((await node("scripts/build.mjs", "--tests")) !== 0) process.exit(1);

const folder = await mkdtemp(join(tmpdir(), "fusion-soak-"));
const figures = join(folder, "figures.jsonl");
process.env.FUSION_FIGURES = figures;
try {
  for (const name of names.length === 0 ? all : names) {
    console.log(`\n${name}`);
    const code = await measured(name);
    if (code !== 0)
      await appendFile(figures, `${JSON.stringify({ name, failure: `it ended with ${code}` })}\n`);
  }
  process.exitCode = (await node("out/test/bench/report.js", figures)) ?? 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/**
 * The exit code of one part.
 * @param {string} name
 */
async function measured(name) {
  const script = `out/test/soak/${name}.js`;
  if (!WITH_SQLITE.includes(name)) return await node(script);
  const { installNode } = await import("./vscode/node.mjs");
  const own = name === SMALL_YOUNG_SPACE ? ["--max-semi-space-size=1"] : [];
  const args = [...own, script, String(minutes)];
  return (await run(await installNode(console.log), args, { limit: minutes * MINUTE + LIMIT })).code;
}

/**
 * The exit code; `null` where it took too long or was ended.
 * @param {string[]} args
 */
async function node(...args) {
  return (await run(process.execPath, args, { limit: LIMIT })).code;
}
