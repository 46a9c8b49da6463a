import assert from "node:assert/strict";
import fc from "fast-check";
import { SourceError } from "../../../src/core/sources/sourceError.js";
import { decodeText } from "../../../src/core/sources/textEncoding.js";

const JSON_TEXT = '{"mrr": 12450, "note": "größer ✓"}';

function bigEndian(text: string): Buffer {
  return Buffer.from(text, "utf16le").swap16();
}

describe("text encodings", () => {
  it("are told by their byte order mark, or without one", () => {
    const files = [
      Buffer.from(JSON_TEXT),
      Buffer.from(`\uFEFF${JSON_TEXT}`),
      Buffer.from(`\uFEFF${JSON_TEXT}`, "utf16le"),
      Buffer.from(JSON_TEXT, "utf16le"),
      bigEndian(`\uFEFF${JSON_TEXT}`),
      bigEndian(JSON_TEXT),
    ];
    for (const file of files) assert.equal(decodeText(file), JSON_TEXT);
  });

  it("refuse bytes that are no text", () => {
    assert.throws(() => decodeText(Buffer.from([0x7b, 0xff, 0xc3, 0x28])), SourceError);
  });

  it("give back every text that UTF-8 can write", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 4 }), (text) => {
        fc.pre(!text.includes("\0") && !text.startsWith("\uFEFF"));
        assert.equal(decodeText(Buffer.from(text)), text);
      }),
    );
  });
});
