/** Takes the pictures of the documentation from the running product, with a week of history in it: `npm run pictures`. */
import { fileURLToPath } from "node:url";
import { run } from "./vscode/childProcess.mjs";
import { installDependencies } from "./vscode/dependencies.mjs";

const LIMIT = 5 * 60_000;

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
await installDependencies(console.log);
const { installNode } = await import("./vscode/node.mjs");
const built = await run(process.execPath, ["scripts/build.mjs", "--tests"], { limit: LIMIT });
// The week is recorded in SQLite.
const node = await installNode(console.log);
const taken = built.code === 0 ? await run(node, ["out/test/pictures/panel.js"], { limit: LIMIT }) : built;
process.exitCode = taken.code ?? 1;
