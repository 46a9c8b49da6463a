import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getL10nJson } from "@vscode/l10n-dev";

const readJson = (file: string) => JSON.parse(readFileSync(file, "utf8"));

describe("interface texts", () => {
  it("stand in the bundle as they stand in the code (npm run l10n writes it)", async () => {
    const sources = ["src", "webview"].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
    );
    const scripts = sources.filter((file) => /(?<!\.d)\.ts$/.test(file));
    const texts = await getL10nJson(
      scripts.map((file) => ({ extension: ".ts", contents: readFileSync(file, "utf8") })),
    );
    assert.deepEqual(readJson("l10n/bundle.l10n.json"), texts);
  });

  it("of the manifest each have their text, and none is left over", () => {
    const used = readFileSync("package.json", "utf8").matchAll(/"%([\w.]+)%"/g);
    const keys = [...used].map(([, key]) => key);
    assert.deepEqual(Object.keys(readJson("package.nls.json")).sort(), [...new Set(keys)].sort());
  });
});
