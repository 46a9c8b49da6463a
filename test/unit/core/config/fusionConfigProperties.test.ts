import assert from "node:assert/strict";
import fc from "fast-check";
import { parseFusionConfig } from "../../../../src/core/config/fusionConfig.js";
import { EXAMPLE_CONFIG } from "./exampleConfig.js";

const PIECES = [
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  '"',
  "\\",
  "/*",
  "//",
  "\n",
  "null",
  "-1e999",
  "'x'",
  "\u0000",
  "\ud800",
];

/** What holds of every text, whatever it is. */
function assertSound(text: string): void {
  const { config, problems } = parseFusionConfig(text);
  assert.equal(
    config === null,
    problems.some(({ severity }) => severity === "error"),
  );
  const lines = text.split(/\r\n|\r|\n/);
  for (const { offset, length, line, column, message, fix } of problems) {
    assert.ok(offset >= 0 && length >= 0 && offset + length <= text.length, `${offset}+${length}`);
    const lineText = lines[line - 1];
    assert.ok(lineText !== undefined && column >= 1 && column <= lineText.length + 2, `${line}:${column}`);
    assert.match(message, /[.:?]$/);
    assert.ok(message.length < 1_000);
    if (fix) assert.ok(fix.offset >= 0 && fix.length >= 0 && fix.offset + fix.length <= text.length);
  }
}

describe("fusion.json, whatever it holds", () => {
  it("is read or refused soundly when it is damaged", () => {
    const piece = fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 }));
    const damage = fc.record({ at: fc.nat(EXAMPLE_CONFIG.length), removed: fc.nat(40), piece });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
        const text = damages.reduce(
          (current, { at, removed, piece }) => current.slice(0, at) + piece + current.slice(at + removed),
          EXAMPLE_CONFIG,
        );
        assertSound(text);
      }),
      { numRuns: 500 },
    );
  });

  it("is read or refused soundly when a value is another", () => {
    const values = [...EXAMPLE_CONFIG.matchAll(/"(?:[^"\\]|\\.)*"|\b\d+\b/g)];
    fc.assert(
      fc.property(fc.constantFrom(...values), fc.jsonValue({ maxDepth: 3 }), (value, other) => {
        const end = value.index + value[0].length;
        assertSound(EXAMPLE_CONFIG.slice(0, value.index) + JSON.stringify(other) + EXAMPLE_CONFIG.slice(end));
      }),
      { numRuns: 500 },
    );
  });

  it("is read or refused soundly when it is any text or any JSON", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), assertSound));
    fc.assert(fc.property(fc.json(), assertSound));
  });

  it("is refused with a comment that does not end", () => {
    for (const text of ["/*", "{} /*", "{/* *", "/"]) assertSound(text);
  });

  it("is read or refused in a moment though a megabyte is wrong", () => {
    const many = (count: number, item: (index: number) => string) =>
      Array.from({ length: count }, (_, i) => item(i));
    const metrics = many(1_000, (index) => `"metricNumber${index}": {"git": {}}`);
    const cards = many(50_000, (index) => `"metrikNumber${index}x"`);
    const texts = [
      '"a" '.repeat(250_000),
      `[${"[],".repeat(300_000)}`,
      `{"cards":[${"1,".repeat(500_000)}]}`,
      `{"cards":[${cards}],"metrics":{${metrics}}}`,
      `{"metrics":{${many(140_000, () => '"a":1')}}}`,
      `{"metrics":{"a":{${many(60_000, (index) => `"agregate${index}":1`)}}}}`,
    ];
    for (const text of texts) {
      const start = performance.now();
      assertSound(text);
      // A quadratic reading would take minutes.
      assert.ok(performance.now() - start < 3_000, text.slice(0, 30));
      assert.ok(parseFusionConfig(text).problems.length <= 200);
    }
  });
});
