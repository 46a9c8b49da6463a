import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { readTable } from "../../../../src/core/formats/table.js";
import { SourceError } from "../../../../src/core/sources/sourceError.js";

function cellsOf(text: string, format: "csv" | "tsv" = "csv"): readonly (readonly string[])[] {
  const table = readTable(text, format);
  return [table.columns, ...[...table.rows].map(({ cells }) => cells)];
}

function errorOf(text: string): SourceError {
  try {
    cellsOf(text);
  } catch (error) {
    assert.ok(error instanceof SourceError);
    return error;
  }
  assert.fail(`expected a SourceError for ${JSON.stringify(text)}`);
}

const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

describe("tables", () => {
  it("take every line end, also mixed, and leave out blank lines", () => {
    assert.deepEqual(cellsOf("a,b\r\n1,2\n\n3,4\r5,6\r\n \r\n"), [
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
      ["5", "6"],
    ]);
  });

  it("know quotes, and the line at which a row begins", () => {
    const table = readTable('a,b\n"x, ""y""\r\nz",1\n"",2\n5" disk,3', "csv");
    assert.deepEqual(
      [...table.rows],
      [
        { cells: ['x, "y"\r\nz', "1"], line: 2 },
        { cells: ["", "2"], line: 4 },
        { cells: ['5" disk', "3"], line: 5 },
      ],
    );
  });

  it("recognise semicolons by the header alone", () => {
    assert.deepEqual(cellsOf("name;rate\nx;1,5"), [
      ["name", "rate"],
      ["x", "1,5"],
    ]);
    assert.deepEqual(cellsOf("a;b,c\n1;2,3"), [
      ["a;b", "c"],
      ["1;2", "3"],
    ]);
    assert.deepEqual(cellsOf('"name";"rate"\n"x";"1,5"'), [
      ["name", "rate"],
      ["x", "1,5"],
    ]);
    assert.deepEqual(cellsOf('"a;b"\n1'), [["a;b"], ["1"]]);
    assert.deepEqual(cellsOf("a\tb\n1,2\t3", "tsv"), [
      ["a", "b"],
      ["1,2", "3"],
    ]);
  });

  it("have the delimiter that a line of Excel's names, which is no row", () => {
    for (const [text, format] of [
      ["sep=;\r\nname;rate\r\nx;1,5", "csv"],
      ['"sep=|"\nname|rate\nx|1,5', "csv"],
      ["SEP=\t\nname\trate\nx\t1,5", "csv"],
      ["sep=;\nname;rate\nx;1,5", "tsv"],
    ] as const) {
      const table = readTable(text, format);
      assert.deepEqual([table.columns, table.line], [["name", "rate"], 2], text);
      assert.deepEqual([...table.rows], [{ cells: ["x", "1,5"], line: 3 }], text);
    }
    assert.equal(errorOf("sep=;\na;b\n1\n").line, 3);
    assert.match(errorOf("sep=;\n").reason, /empty/);
    assert.deepEqual(cellsOf("sep=x\n1"), [["sep=x"], ["1"]]);
    assert.equal(readTable("\n\na,b\n", "csv").line, 3);
  });

  it("keep empty cells and a last line without an end", () => {
    assert.deepEqual(cellsOf("a,b,c\n,,\n1,,3"), [
      ["a", "b", "c"],
      ["", "", ""],
      ["1", "", "3"],
    ]);
    assert.deepEqual(cellsOf('a\n""\n1'), [["a"], [""], ["1"]]);
    assert.deepEqual(cellsOf("a,b"), [["a", "b"]]);
  });

  it("say what is wrong and where", () => {
    assert.equal(errorOf("a,b\n1,2\n3\n").line, 3);
    assert.match(errorOf("a,b\n1,2,3\n").reason, /3 cells, but the header has 2/);
    assert.match(errorOf("a,b,a\n").reason, /two columns are named "a"/);
    assert.deepEqual([errorOf('a,b\n1,"x\ny').line, errorOf('a\n"x"y').line], [2, 2]);
    assert.match(errorOf(" \n").reason, /empty/);
  });

  it("give back what was written, whatever the cells", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "1", ",", ";", '"', "\n", "\r", " ", "ü", "\t") });
    const rows = fc
      .integer({ min: 1, max: 5 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 }));
    fc.assert(
      fc.property(rows, fc.constantFrom("\n", "\r\n", "\r"), (cells, end) => {
        const header = (cells[0] ?? ["x"]).map((_, index) => `c${index}`);
        const text = [header, ...cells].map((row) => row.map(quote).join(",")).join(end);
        assert.deepEqual(cellsOf(text), [header, ...cells]);
      }),
    );
  });

  it("agree with csv-parse wherever that reads a file", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "1", ",", '"', "\n", " "), maxLength: 30 });
    fc.assert(
      fc.property(text, (body) => {
        let expected: string[][];
        try {
          expected = parse(`x,y\n${body}`, { skip_empty_lines: true });
        } catch {
          return;
        }
        assert.deepEqual(cellsOf(`x,y\n${body}`), expected);
      }),
      { numRuns: 1000 },
    );
  });

  it("give rows as wide as the header or a SourceError, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", ",", ";", '"', "\n", "\r", "\0") }), (text) => {
        try {
          const [header, ...rows] = cellsOf(text);
          for (const row of rows) assert.equal(row.length, header?.length);
        } catch (error) {
          assert.ok(error instanceof SourceError);
        }
      }),
    );
  });
});
