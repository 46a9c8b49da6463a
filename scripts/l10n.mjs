/** Collects the texts to translate, puts each translation in their order, and tells what it lacks: `npm run l10n`. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { englishBundle } from "./l10n/bundle.mjs";

const FOLDER = "l10n";
const ENGLISH = "bundle.l10n.json";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const texts = await englishBundle();
write(ENGLISH, texts);
for (const file of readdirSync(FOLDER).filter((name) => name !== ENGLISH)) {
  const known = JSON.parse(readFileSync(join(FOLDER, file), "utf8"));
  const keys = Object.keys(texts);
  write(file, Object.fromEntries(keys.filter((key) => key in known).map((key) => [key, known[key]])));
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
  writeFileSync(join(FOLDER, file), `${json}\n`);
}
