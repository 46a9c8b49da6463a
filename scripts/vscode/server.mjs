import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { output, startGroup, stopGroup } from "./childProcess.mjs";
import { linkExtensions } from "./linkedExtension.mjs";
import { installNpmHost } from "./npmHost.mjs";
import { seedSettings } from "./settings.mjs";

const LICENSE = "--accept-server-license-terms";
const START_LIMIT = 60_000;
const INSTALL_LIMIT = 120_000;

/**
 * @typedef {object} ServerOptions
 * @property {string} [dataDir] kept afterwards; without it a temporary folder is used
 * @property {import("./settings.mjs").Settings} [settings] user settings beside those for a clean window
 * @property {boolean} [keepSettings] leave user settings that are there as they are
 * @property {string} [port] a port or a range of ports; any free one without it
 * @property {string} [extensionsDir] what is installed; a folder of the data's own without it
 * @property {readonly string[]} [extensions] folders of extensions to install first
 * @property {string} [vsix] a packed extension to install first
 * @property {NodeJS.ProcessEnv} [env] what the extension host finds in its environment
 * @property {boolean} [development] lets the page load an extension under development and its tests; such a
 *   window shows no notifications and no dialogs
 * @property {(line: string) => void} [say]
 */

/**
 * @typedef {object} VSCodeServer
 * @property {string} origin
 * @property {string} log file with what the server printed
 * @property {Promise<number | null>} exited
 * @property {() => Promise<void>} stop
 */

/**
 * Serves VS Code to a browser, and returns once it answers.
 * @param {ServerOptions} [options]
 * @returns {Promise<VSCodeServer>}
 */
export async function startServer(options = {}) {
  const host = await installNpmHost(options.say);
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "fusion-vscode-")));
  const cleanUp = async () => {
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const server = await served(host, dataDir, await prepared(host, dataDir, options), options);
    return { ...server, stop: () => server.stop().then(cleanUp) };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

/**
 * Puts the settings and the extension where the server looks for them.
 * @param {import("./npmHost.mjs").NpmHost} host
 * @param {string} dataDir
 * @param {ServerOptions} options
 * @returns {Promise<string[]>} the flags that say where
 */
async function prepared(host, dataDir, options) {
  const { settings = {}, keepSettings = false, extensions, vsix, env } = options;
  await seedSettings(join(dataDir, "data", "User", "settings.json"), {
    overrides: settings,
    keep: keepSettings,
  });
  const { extensionsDir = join(dataDir, "extensions") } = options;
  await mkdir(extensionsDir, { recursive: true });
  const flags = [`--server-data-dir=${dataDir}`, `--extensions-dir=${extensionsDir}`, LICENSE];
  if (extensions) await linkExtensions(extensionsDir, extensions);
  if (vsix) {
    const install = [host.server, ...flags, "--force", `--install-extension=${vsix}`];
    const report = await output(host.node, install, { env: environment(env), limit: INSTALL_LIMIT });
    if (!report?.includes("successfully installed")) {
      throw new Error(`Could not install ${vsix}: ${report ?? "failed"}`);
    }
  }
  return flags;
}

/**
 * @param {import("./npmHost.mjs").NpmHost} host
 * @param {string} dataDir
 * @param {string[]} flags
 * @param {ServerOptions} options
 * @returns {Promise<VSCodeServer>}
 */
async function served(host, dataDir, flags, { port = "0", development = false, env }) {
  const args = [host.server, "--host=127.0.0.1", `--port=${port}`, "--without-connection-token", ...flags];
  // A built VS Code heeds the page's extensionDevelopmentPath only under this flag.
  if (development) args.push("--enable-smoke-test-driver");
  // What the extension keeps of folders is not the person's own, unless that is asked for.
  const own = { FUSION_STATE_DIR: join(dataDir, "fusion-state"), ...env };
  const child = startGroup(host.node, args, { env: environment(own), stdio: ["ignore", "pipe", "pipe"] });
  const log = join(dataDir, "server.log");
  const logStream = createWriteStream(log);
  child.stdout?.pipe(logStream, { end: false });
  child.stderr?.pipe(logStream, { end: false });
  const exited = once(child, "exit").then(([code]) => code);
  const stop = async () => {
    await stopGroup(child);
    await new Promise((resolve) => logStream.end(() => resolve(undefined)));
  };
  try {
    return { origin: await listening(child), log, exited, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * What the server inherits: not the traces of a VS Code in whose terminal this may run.
 * @param {NodeJS.ProcessEnv} [additions]
 * @returns {NodeJS.ProcessEnv}
 */
function environment(additions) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ...additions };
}

/**
 * The server's address, as soon as it answers there.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<string>}
 */
async function listening(child) {
  const signal = AbortSignal.timeout(START_LIMIT);
  let printed = "";
  const port = await new Promise((resolve, reject) => {
    child.stdout?.on("data", (chunk) => {
      printed += chunk;
      const match = /listening on (\d+)/.exec(printed);
      if (match) resolve(match[1]);
    });
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`VS Code's server ended at its start: ${printed}`)));
    signal.addEventListener("abort", () => reject(new Error(`VS Code's server did not start: ${printed}`)));
  });
  const origin = `http://127.0.0.1:${port}`;
  while (!(await answers(origin, signal))) await delay(100, undefined, { signal });
  return origin;
}

/**
 * @param {string} origin
 * @param {AbortSignal} signal
 */
async function answers(origin, signal) {
  try {
    return (await fetch(origin, { signal })).ok;
  } catch (error) {
    if (signal.aborted) throw error;
    return false;
  }
}
