import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";

/** What the page loads before its chart is needed. */
const MOST_BYTES = 60 * 1024;

describe("the page's script", () => {
  it("is at most 60 KB compressed, without the chart's library", () => {
    // As it is packed: names of all its modules are shortened together.
    const { outputFiles } = buildSync({
      entryPoints: ["webview/main.ts"],
      outdir: "dist/webview",
      write: false,
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      legalComments: "none",
      external: ["*/trends.js"],
    });
    const script = outputFiles.find(({ path }) => path.endsWith(".js")) ?? assert.fail();
    const size = gzipSync(script.contents).length;
    assert.ok(size <= MOST_BYTES, `${size} bytes`);
    assert.doesNotMatch(script.text, /u-over/);
  });
});
