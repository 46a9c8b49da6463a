import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { transformSync } from "esbuild";

/** What the page loads before its chart is needed, in bytes. */
const MOST_BYTES = 60 * 1024;

describe("the page's script", () => {
  it("is at most 60 KB compressed, without the chart's library", () => {
    const built = readFileSync("dist/webview/panel.js", "utf8");
    const { code } = transformSync(built, { minify: true, target: "es2022", legalComments: "none" });
    const size = gzipSync(code).length;
    assert.ok(size <= MOST_BYTES, `${size} bytes`);
    assert.doesNotMatch(code, /u-over/);
  });
});
