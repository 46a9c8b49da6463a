import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "./cache.mjs";
import { NODE, nodeIn, nodePackage } from "./node.mjs";
import { INSTALL, npm } from "./npm.mjs";

const CODE_SERVER = "4.139.1";

/** code-server 4.N carries VS Code 1.N. */
const CHOSEN = process.env.FUSION_VSCODE_VERSION?.replace(/^1\./, "4.");

/** @typedef {{ node: string; server: string }} NpmHost the Node.js to run and VS Code's server to run in it */

/**
 * VS Code itself, from npm: the real workbench, for a browser, and the real Node.js extension host.
 * `FUSION_VSCODE_VERSION=1.103.2` asks for that version, where there is a code-server of it.
 * @param {(line: string) => void} [say]
 * @returns {Promise<NpmHost>}
 */
export async function installNpmHost(say = () => {}) {
  const codeServer = `code-server@${CHOSEN ?? CODE_SERVER}`;
  const contents = CHOSEN ? codeServer : `${codeServer} ${nodePackage()}@${NODE}`;
  const folder = await cached(CHOSEN ? `npm-host-${CHOSEN}` : "npm-host", contents, async (folder) => {
    say("Installing VS Code from npm, once (about a minute, 800 MB) …");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), '{ "private": true }\n');
    await npm([...INSTALL, codeServer], { cwd: folder, quiet: true });
    await npm([...INSTALL, "--omit=dev"], { cwd: serverFolder(folder), quiet: true });
    const runtime = `${nodePackage()}@${await nodeOf(folder)}`;
    await npm([...INSTALL, runtime], { cwd: folder, quiet: true });
  });
  return {
    node: nodeIn(folder, nodePackage()),
    server: join(serverFolder(folder), "out", "server-main.js"),
  };
}

/**
 * The major version of the Node.js that an installed VS Code is made for: in another one its extension host loses its
 * connection.
 * @param {string} folder
 * @returns {Promise<string>}
 */
async function nodeOf(folder) {
  const manifest = await readFile(join(folder, "node_modules", "code-server", "package.json"), "utf8");
  return JSON.parse(manifest).engines.node;
}

/** @param {string} folder */
function serverFolder(folder) {
  return join(folder, "node_modules", "code-server", "lib", "vscode");
}
