import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** In the palette: opens the bare panel. */
export const OPEN_BARE_PANEL = "Bare: Open Panel";
/** An element of that panel, and of no other page. */
export const BARE_PANEL = "bare-panel";

/**
 * Another extension, with as many commands as the product has, and nothing else of it.
 * @param {string} folder made by this
 */
export async function bareExtension(folder) {
  const { engines, contributes } = JSON.parse(await readFile("package.json", "utf8"));
  const others = contributes.commands
    .slice(1)
    .map((/** @type {unknown} */ _, /** @type {number} */ index) => ({
      command: `bare.${index}`,
      title: `Bare: ${index}`,
    }));
  const manifest = {
    name: "panel",
    publisher: "bare",
    version: "1.0.0",
    engines,
    main: "./extension.js",
    // Before the product, whose marks it adds to.
    activationEvents: ["*"],
    contributes: { commands: [{ command: "bare.open", title: OPEN_BARE_PANEL }, ...others] },
  };
  await mkdir(folder);
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await cp("out/test/bench/bare/extension.js", join(folder, "extension.js"));
  return folder;
}
