import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Installs extensions, and none beside them, by links to their folders. Unlike an extension under development, which a
 * built VS Code loads in a browser only with its notifications off, they meet the person as those from the store do.
 * @param {string} extensionsDir
 * @param {readonly string[]} extensions absolute paths
 */
export async function linkExtensions(extensionsDir, extensions) {
  await mkdir(extensionsDir, { recursive: true });
  const entries = await Promise.all(extensions.map((extension) => linked(extensionsDir, extension)));
  await writeFile(join(extensionsDir, "extensions.json"), JSON.stringify(entries));
}

/**
 * What VS Code registers of an extension. A link and not the folder itself, because uninstalling deletes what is registered.
 * @param {string} extensionsDir
 * @param {string} extension
 */
async function linked(extensionsDir, extension) {
  const { publisher, name, version } = JSON.parse(await readFile(join(extension, "package.json"), "utf8"));
  const id = `${publisher}.${name}`;
  const relativeLocation = `${id}-${version}`;
  const link = join(extensionsDir, relativeLocation);
  await rm(link, { force: true });
  await symlink(extension, link, "junction");
  const location = { $mid: 1, path: link, scheme: "file" };
  return { identifier: { id }, version, location, relativeLocation, metadata: { source: "vsix" } };
}
