import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Installs an extension by a link to its folder. Unlike an extension under development, which a built VS Code
 * loads in a browser only with its notifications off, it meets the person as one from the store does.
 *
 * A link and not the folder itself, because uninstalling deletes what is registered here.
 * @param {string} extensionsDir
 * @param {string} extension absolute path
 */
export async function linkExtension(extensionsDir, extension) {
  const { publisher, name, version } = JSON.parse(await readFile(join(extension, "package.json"), "utf8"));
  const id = `${publisher}.${name}`;
  const relativeLocation = `${id}-${version}`;
  const link = join(extensionsDir, relativeLocation);
  await mkdir(extensionsDir, { recursive: true });
  await rm(link, { force: true });
  await symlink(extension, link, "junction");
  const location = { $mid: 1, path: link, scheme: "file" };
  const entry = { identifier: { id }, version, location, relativeLocation, metadata: { source: "vsix" } };
  await writeFile(join(extensionsDir, "extensions.json"), JSON.stringify([entry]));
}
