/** Packs the extension into `fusion-data-stream.vsix` and prints its size: `npm run package`. */
import { statSync } from "node:fs";
import { createVSIX } from "@vscode/vsce";

const PACKAGE = "fusion-data-stream.vsix";

await createVSIX({
  packagePath: PACKAGE,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
console.log(`${PACKAGE}: ${Math.ceil(statSync(PACKAGE).size / 1024)} KB`);
