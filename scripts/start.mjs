/**
 * Opens VS Code on the sample workspace with the extension from this folder: `npm start`.
 *
 * Desktop VS Code where there is one, else VS Code in the browser; `--browser` asks for the latter.
 * `--port 8080` names the browser's port, `--no-open` leaves opening the page to the caller.
 */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cachePath } from "./vscode/cache.mjs";
import { run } from "./vscode/childProcess.mjs";
import { installDependencies } from "./vscode/dependencies.mjs";
import { findDesktop, openDesktop } from "./vscode/desktop.mjs";
import { pageUrl } from "./vscode/pageUrl.mjs";
import { startServer } from "./vscode/server.mjs";
import { seedSettings } from "./vscode/settings.mjs";
import { openInBrowser } from "./vscode/webBrowser.mjs";

/** The browser keeps a window's layout by its address, so the port is the same each time if it can be. */
const PORTS = "7650-7699";
const BUILD_LIMIT = 5 * 60_000;

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { values: flags } = parseArgs({
  options: {
    browser: { type: "boolean", default: false },
    "no-open": { type: "boolean", default: false },
    port: { type: "string", default: PORTS },
  },
});
const say = console.log;
const extension = resolve(".");
const folder = resolve("data");

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function start() {
  await installDependencies(say);
  say("Building …");
  const build = await run(process.execPath, ["scripts/build.mjs"], { limit: BUILD_LIMIT });
  if (build.code !== 0) throw new Error("The build failed");

  const { engines } = JSON.parse(await readFile("package.json", "utf8"));
  const desktop = flags.browser ? undefined : await findDesktop(engines.vscode.replace("^", ""));
  if (desktop) await startDesktop(desktop);
  else await startBrowser();
}

/** @param {string} command */
async function startDesktop(command) {
  say("Opening VS Code …");
  const dataDir = cachePath("desktop");
  await seedSettings(resolve(dataDir, "User", "settings.json"), { keep: true });
  await openDesktop(command, { folder, extension, dataDir });
  say("VS Code is open on the sample workspace.");
}

async function startBrowser() {
  say(`${flags.browser ? "" : "No desktop VS Code here. "}Starting VS Code for the browser …`);
  const server = await startServer({
    dataDir: cachePath("browser"),
    keepSettings: true,
    extensions: [extension],
    port: flags.port,
    say,
  });
  const url = pageUrl(server.origin, { folder });
  say(`\nVS Code is ready at\n\n${url}\n\nCtrl-C stops it.`);
  if (!flags["no-open"]) openInBrowser(url);
  const code = await server.exited;
  say("VS Code has stopped.");
  process.exitCode = code ?? 0;
}
