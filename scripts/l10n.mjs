/** Collects the texts to translate: `npm run l10n`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { englishBundle } from "./l10n/bundle.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
writeFileSync("l10n/bundle.l10n.json", `${JSON.stringify(await englishBundle(), null, 2)}\n`);
