import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { formatRow, unguarded } from "../../../../src/core/history/exchangeRow.js";

const AT = Date.parse("2025-11-08T17:00:00Z");
const text = fc.stringMatching(/^[a=+@'";,\t\r\n -]*$/);

describe("a row of an exported table", () => {
  it("holds no formula for a program that separates cells by other characters, either", () => {
    fc.assert(
      fc.property(text, text, (metric, value) => {
        const row = formatRow({ metric, point: [AT, value] }, "csv");
        // A quote that does not open a cell of theirs encloses nothing.
        for (const cell of row.split(/[;\t\r\n]/)) assert.doesNotMatch(cell, /^"*[=+\-@]/, row);
      }),
    );
  });

  it("gives its texts back", () => {
    fc.assert(
      fc.property(text, text, (metric, value) => {
        const [cells = []]: string[][] = parse(formatRow({ metric, point: [AT, value] }, "csv"));
        assert.deepEqual(
          [cells[0], cells[3]].map((cell) => unguarded(cell ?? "")),
          [metric, value],
        );
      }),
    );
  });
});
