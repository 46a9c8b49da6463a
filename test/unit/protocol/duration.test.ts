import assert from "node:assert/strict";
import { displayValue } from "../../../src/protocol/display.js";
import { measuredTime, shortSpan } from "../../../src/protocol/duration.js";

describe("lengths of time", () => {
  it("are written in their largest unit", () => {
    assert.deepEqual(
      [0, 12, 59.9, 60, 3599, 3600, 86_399, 86_400 * 5].map((seconds) => shortSpan(seconds * 1000)),
      ["0 s", "12 s", "59 s", "1 min", "59 min", "1 h", "23 h", "5 d"],
    );
  });

  it("are measured in milliseconds up to a second", () => {
    assert.deepEqual(
      [0, 0.84, 24.3, 994, 999, 1_100, 12_345].map((ms) => measuredTime(ms, "en")),
      ["0 ms", "0.84 ms", "24 ms", "990 ms", "1 s", "1.1 s", "12 s"],
    );
    assert.equal(measuredTime(1_100, "de"), "1,1 s");
  });

  it("are in a language's own short words where its letters are not Latin", () => {
    const spans = [12, 120, 7_200, 86_400 * 5].map((seconds) => seconds * 1_000);
    assert.deepEqual(
      spans.map((ms) => shortSpan(ms, "ar")),
      ["12 ث", "2 د", "2 س", "5 أيام"],
    );
    assert.deepEqual(
      spans.map((ms) => shortSpan(ms, "de")),
      ["12 s", "2 min", "2 h", "5 d"],
    );
  });

  it("are in symbols, with the language's digits, where the texts around them are English", () => {
    assert.deepEqual(
      ["ja", "he", "fa"].map((language) => shortSpan(15_000, language)),
      ["15 s", "15 s", "۱۵ s"],
    );
  });

  it("bear the same symbols as a value that is one", () => {
    const written = (value: number) => displayValue({ format: "duration", unit: null, value }, "en");
    assert.deepEqual([37, 90, 11_520, 93_784].map(written), ["37 s", "1 min 30 s", "3 h 12 min", "1 d 2 h"]);
    assert.equal(written(37), shortSpan(37_000));
  });
});
