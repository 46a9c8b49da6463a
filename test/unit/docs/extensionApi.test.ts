import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "jsonc-parser";
import { parseFusionConfig } from "../../../src/core/config/fusionConfig.js";
import { docSections } from "../../support/docExamples.js";

const OPTIONS = {
  target: "ES2022",
  module: "commonjs",
  lib: ["ES2023"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  types: ["node", "vscode"],
};

/** What the compiler says of a folder: nothing, where all is well. */
function compiled(folder: string): Promise<string> {
  const compiler = resolve("node_modules/typescript/bin/tsc");
  return new Promise((done) => {
    execFile(process.execPath, [compiler, "--project", folder], (_, stdout) => done(stdout));
  });
}

describe("docs/extension-api.md", () => {
  const examples = docSections("extension-api.md").flatMap((section) => section.examples);

  it("compiles against the types that ship, as another extension does", async function () {
    this.timeout(120_000);
    // Below the project, where the types of VS Code are found.
    const folder = resolve("out/docs-extension-api");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    try {
      cpSync("docs/fusion-data-stream.d.ts", join(folder, "fusion-data-stream.d.ts"));
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: OPTIONS }));
      const sources = examples.filter(({ language }) => language === "ts");
      assert.equal(sources.length, 3);
      for (const { line, text } of sources) writeFileSync(join(folder, `line${line}.ts`), text);
      assert.equal(await compiled(folder), "");
      const wrong =
        'import type { FusionApi } from "./fusion-data-stream";\nexport const api: FusionApi = {};\n';
      writeFileSync(join(folder, "wrong.ts"), wrong);
      assert.match(await compiled(folder), /wrong\.ts\(2,14\): error TS/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("has configuration that is right", () => {
    const configs = examples.filter(({ language }) => language === "jsonc");
    assert.equal(configs.length, 1);
    for (const { text } of configs) {
      assert.deepEqual(parseFusionConfig(text).problems, []);
      assert.ok(parse(text));
    }
  });
});
