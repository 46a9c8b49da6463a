/** The licences of what the bundles really hold, for those who get them. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const LICENCE_FILE = /^(licen[cs]e|copying|notice)([-.].*)?$/i;

/**
 * The text that ships beside the bundles.
 * @param {readonly import("esbuild").Metafile[]} metafiles of all bundles
 */
export async function thirdPartyLicences(metafiles) {
  const folders = new Set(metafiles.flatMap(packageFolders));
  const sections = await Promise.all([...folders].sort().map(section));
  return `Fusion Data Stream contains these packages.\n\n${sections.join("\n")}`;
}

/**
 * The packages of which at least a byte is in the output.
 * @param {import("esbuild").Metafile} metafile
 */
function packageFolders({ outputs }) {
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .flatMap(([file]) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
}

/** @param {string} folder of a package */
async function section(folder) {
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const rule = "=".repeat(80);
  const title = `${manifest.name} ${manifest.version} (${manifest.license})`;
  return `${rule}\n${title}\n${rule}\n\n${await licenceText(folder, manifest)}\n`;
}

/**
 * @param {string} folder
 * @param {{ name: string; license?: unknown; author?: string | { name: string } }} manifest
 * @throws Error where a package has no licence: it could not ship
 */
async function licenceText(folder, { name, license, author }) {
  const files = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file)).sort();
  if (files.length > 0) {
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
    return texts.map((text) => text.trim()).join("\n\n");
  }
  if (license !== "MIT" || !author) throw new Error(`${name} has no licence`);
  // Some only name theirs. This project's own is the same but for its holder.
  const own = await readFile("LICENSE", "utf8");
  const holder = typeof author === "string" ? author : author.name;
  return own.trim().replace(/^Copyright .*$/m, `Copyright (c) ${holder}`);
}
