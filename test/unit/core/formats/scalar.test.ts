import assert from "node:assert/strict";
import fc from "fast-check";
import { formatOf } from "../../../../src/core/formats/fileFormat.js";
import { countMarkdownTasks } from "../../../../src/core/formats/markdownTasks.js";
import { percentage } from "../../../../src/core/formats/percentage.js";
import { cellValue, numberOf, whyNotNumber } from "../../../../src/core/formats/scalar.js";

describe("numeric texts", () => {
  it("are digits with a sign, a fraction and an exponent", () => {
    const texts = {
      "5": 5,
      "-5": -5,
      "+5": 5,
      "1.5": 1.5,
      "1e3": 1000,
      "1.5E-2": 0.015,
      "007": 7,
      "-0": 0,
      "0.00e5": 0,
    };
    for (const [text, number] of Object.entries(texts)) assert.equal(numberOf(text), number, text);
  });

  it("are nothing else", () => {
    const others = [
      "",
      " ",
      " 5",
      "5 ",
      "1,234",
      "1_000",
      "0x10",
      "1e400",
      "-1e400",
      "1e-400",
      "NaN",
      "Infinity",
      "9007199254740993",
      "1e20",
      ".5",
      "5.",
      "1.2.3",
      "٣",
      "5\n",
      "--5",
      "true",
      "null",
    ];
    for (const text of others) {
      assert.equal(numberOf(text), null, text);
      assert.equal(cellValue(text), text);
    }
  });

  it("are what JavaScript reads, wherever they are taken", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const read = numberOf(String(number));
        assert.ok(
          read === null
            ? Number.isInteger(number) && !Number.isSafeInteger(number)
            : read === number || number === 0,
        );
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = numberOf(text);
        assert.ok(read === null || (Number.isFinite(read) && read === Number(text)));
      }),
    );
  });

  it("say why a value is no number", () => {
    assert.match(whyNotNumber("1,234"), /"1,234" is not a number/);
    assert.match(whyNotNumber("5"), /"5" is a text, not a number/);
    assert.match(whyNotNumber("1e400"), /too large/);
    assert.match(whyNotNumber(2 ** 53), /too large/);
    assert.match(whyNotNumber(null), /null is not a number/);
    assert.match(whyNotNumber([5]), /a list is not a number/);
  });
});

describe("percentages", () => {
  it("are 100 only for everything and 0 only for nothing", () => {
    assert.deepEqual([percentage(1, 3), percentage(2, 3), percentage(1, 2)], [33.3, 66.7, 50]);
    assert.deepEqual([percentage(99_999, 100_000), percentage(1, 100_000)], [99.9, 0.1]);
    assert.deepEqual([percentage(0, 7), percentage(7, 7)], [0, 100]);
  });
});

describe("file formats", () => {
  it("go by the extension, in any case", () => {
    const files = {
      "a/b.json": "json",
      "tsconfig.JSONC": "jsonc",
      "tsconfig.json": "jsonc",
      "packages/a/tsconfig.build.json": "jsonc",
      "jsconfig.json": "jsonc",
      ".vscode/settings.json": "jsonc",
      "a/.vscode/launch.json": "jsonc",
      ".vscode/a/b.json": "json",
      "my.vscode/a.json": "json",
      "notsconfig.json": "json",
      "e.ndjson": "jsonl",
      "a.b/e.jsonl": "jsonl",
      "x.csv": "csv",
      "x.tsv": "tsv",
      "x.yml": "yaml",
      "x.yaml": "yaml",
      "x.toml": "toml",
      "README.md": "markdown",
      "x.markdown": "markdown",
      "app.log": "text",
      "a.json/x": "text",
      ".json": "text",
      "x.constructor": "text",
    };
    for (const [file, format] of Object.entries(files)) assert.equal(formatOf(file), format, file);
  });
});

describe("Markdown task lists", () => {
  it("count every kind of item, nested and quoted", () => {
    const text = "# Plan\n- [ ] a\n  * [x] b\r\n    1. [X] c\n+ [ ] d\n> - [x] e\n2) [ ] f\n- [ ]\n";
    assert.deepEqual(countMarkdownTasks(text), { done: 3, total: 7 });
  });

  it("count nothing that is not shown: comments, and the document's header", () => {
    const header = "---\nplan:\n  - [ ] a\n---\n";
    const text =
      "- [x] b\n<!-- not planned\n- [ ] c\n- [ ] d -->\n- [x] e\n<!-- - [ ] f -->\n- [x] g <!-- h -->\n";
    assert.deepEqual(countMarkdownTasks(header + text), { done: 3, total: 3 });
    assert.deepEqual(countMarkdownTasks("- [x] a\n---\n- [ ] b\n---\n"), { done: 1, total: 2 }, "rules");
    assert.deepEqual(countMarkdownTasks("```\n<!--\n```\n- [ ] a"), { done: 0, total: 1 }, "in code");
  });

  it("count no links, no text, nothing in fenced code", () => {
    const text =
      "- [a](b)\n- [x](c)\n- [y] z\n[ ] w\n-[ ] v\n- [x]u\n```md\n- [x] a\n~~~\n```\n- [x] real\n~~~~\n- [ ] b\n~~~\n````\n- [ ] c\n~~~~\n``` a` b\n- [ ] real\n```\n- [ ] open";
    assert.deepEqual(countMarkdownTasks(text), { done: 1, total: 2 });
  });

  it("never have more done than there are, and grow by what is appended", () => {
    const line = fc.constantFrom("- [ ] a", "* [x] b", "```", "~~~", "text", "", "  - [X] c");
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { done, total } = countMarkdownTasks(lines.join("\n"));
        assert.ok(done >= 0 && done <= total && total <= lines.length);
        const before = countMarkdownTasks(lines.slice(0, -1).join("\n"));
        assert.ok(total - before.total === 0 || total - before.total === 1);
      }),
    );
  });
});
