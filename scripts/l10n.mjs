/**
 * Collects the texts to translate, puts each translation in their order and its direction, and tells what it lacks:
 * `npm run l10n`.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { englishBundle } from "./l10n/bundle.mjs";
import { isolated } from "./l10n/isolation.mjs";

const FOLDER = "l10n";
const ENGLISH = "bundle.l10n.json";
const MANIFEST_TRANSLATION = /^package\.nls\.[\w-]+\.json$/;

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const texts = await englishBundle();
write(join(FOLDER, ENGLISH), texts);
for (const name of readdirSync(FOLDER).filter((each) => each !== ENGLISH))
  translate(join(FOLDER, name), texts);
for (const name of readdirSync(".").filter((each) => MANIFEST_TRANSLATION.test(each))) {
  translate(name, JSON.parse(readFileSync("package.nls.json", "utf8")));
}

/**
 * @param {string} file
 * @param {object} original
 */
function translate(file, original) {
  const known = JSON.parse(readFileSync(file, "utf8"));
  const keys = Object.keys(original);
  const there = keys.filter((key) => key in known);
  write(file, Object.fromEntries(there.map((key) => [key, isolated(known[key])])));
  for (const key of keys.filter((key) => !(key in known))) console.log(`${file} lacks: ${key}`);
}

/**
 * Marks of direction and spaces that do not break are escaped, as nobody sees them in an editor.
 * @param {string} file
 * @param {object} bundle
 */
function write(file, bundle) {
  const json = JSON.stringify(bundle, null, 2).replace(
    /[\u00a0\u200e\u200f\u2066-\u2069]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  writeFileSync(file, `${json}\n`);
}
