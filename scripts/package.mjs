/**
 * Packs the extension into `fusion-data-stream.vsix` and prints its size: `npm run package`. Ends with 1 where it is larger
 * than it may be.
 */
import { statSync } from "node:fs";
import { createVSIX } from "@vscode/vsce";
import { readmeLinks } from "./readmeLinks.mjs";
import { withSources } from "./sources.mjs";

const PACKAGE = "fusion-data-stream.vsix";
const MOST_BYTES = 1_000_000;

await withSources(".", process.env, () =>
  createVSIX({
    packagePath: PACKAGE,
    dependencies: false,
    allowMissingRepository: true,
    ...readmeLinks(process.env),
  }),
);
const { size } = statSync(PACKAGE);
console.log(`${PACKAGE}: ${size.toLocaleString("en")} bytes, of ${MOST_BYTES.toLocaleString("en")} at most`);
if (size > MOST_BYTES) process.exitCode = 1;
