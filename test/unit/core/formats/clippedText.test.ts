import assert from "node:assert/strict";
import { quote } from "../../../../src/core/config/configProblem.js";
import { beginOf, clipped } from "../../../../src/core/formats/clippedText.js";
import { quoted } from "../../../../src/core/formats/scalar.js";

describe("a text that is too long", () => {
  it("ends with an ellipsis", () => {
    assert.equal(clipped("abc", 3), "abc");
    assert.equal(clipped("abcd", 3), "abc…");
    assert.equal(beginOf("abcd", 3), "abc");
  });

  it("is not cut within a character", () => {
    assert.equal(clipped("ab🚀d", 3), "ab…");
    assert.equal(clipped("ab🚀d", 4), "ab🚀…");
    assert.equal(beginOf("ab🚀", 3), "ab");
    assert.equal(beginOf("ab🚀", 4), "ab🚀");
  });

  it("is quoted whole characters at a time", () => {
    assert.equal(quoted(`${"a".repeat(39)}🚀🚀`), `"${"a".repeat(39)}…"`);
    assert.equal(quote(`${"a".repeat(77)}🚀🚀`), `"${"a".repeat(77)}…`);
  });
});
