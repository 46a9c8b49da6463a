import assert from "node:assert/strict";
import { type FileMishap, type MishapCourse, runMishaps } from "../../support/fileMishap.js";
import { NUMBER_PLACES } from "../../support/numberPlace.js";

type Content = Pick<FileMishap, "bad" | "gives">;

const REFUSED = /^case\d+\.\w+(, line \d+)?: .+\.$/;
const EMPTY = /the file is empty|nothing matches yet/;
const LINES = new Set([".jsonl", ".log"]);
const DOCUMENTS = new Set([".json", ".jsonc", ".yaml", ".toml", ".jsonl"]);

function bigEndian(text: string): Buffer {
  return Buffer.from(text, "utf16le").swap16();
}

/** What becomes of a document that is good in itself, by the way that it is written down. */
function waysToWrite(extension: string, text: string): Readonly<Record<string, Content>> {
  const isLog = LINES.has(extension);
  return {
    empty: { bad: "", gives: EMPTY },
    blank: { bad: " \n\n  \n", gives: EMPTY },
    "NUL alone": { bad: "\0".repeat(5_000), gives: REFUSED },
    "a UTF-8 byte order mark": { bad: `\uFEFF${text}`, gives: 2 },
    "UTF-16": { bad: Buffer.from(text, "utf16le"), gives: 2 },
    "UTF-16 with its mark": { bad: Buffer.from(`\uFEFF${text}`, "utf16le"), gives: 2 },
    "big-endian UTF-16": { bad: bigEndian(text), gives: 2 },
    "big-endian UTF-16 with its mark": { bad: bigEndian(`\uFEFF${text}`), gives: 2 },
    "a UTF-16 character cut in half": {
      bad: Buffer.from(`\uFEFF${text}`, "utf16le").subarray(0, -1),
      gives: isLog ? 2 : /not valid UTF-16LE text\. Save/,
    },
    "a byte that is no UTF-8": {
      bad: Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xfe, 0x0a])]),
      gives: isLog ? 2 : /not valid UTF-8 text\. Save/,
    },
    "CR LF": { bad: text.replaceAll("\n", "\r\n"), gives: 2 },
    "CR alone": {
      bad: text.replaceAll("\n", "\r"),
      // TOML 1.0 knows no such line end.
      gives: extension === ".toml" ? REFUSED : 2,
    },
    "a tail of NUL": { bad: text + "\0".repeat(5_000), gives: isLog ? 2 : REFUSED },
  };
}

/** What only documents with a structure can hold; the metric is `n`. */
function structures(extension: string): Readonly<Record<string, Content>> {
  const tooDeep = /more than 64 deep|longer than the 1 MB/;
  const nested = (depth: number) => {
    const [open, close] = ["[".repeat(depth), "]".repeat(depth)];
    if (extension === ".toml") return `n = ${open}2${close}\n`;
    if (extension === ".yaml") return `n: ${open}2${close}\n`;
    return `{"n": ${open}2${close}}\n`;
  };
  return {
    "65 levels": { bad: nested(64), gives: tooDeep },
    "a million levels": { bad: nested(1_000_000), gives: tooDeep },
  };
}

const JSON_CASES: Readonly<Record<string, Content>> = {
  "a comma at the end": { bad: '{"n": 2,\n}', gives: /, line [12]: .*comma/ },
  "a comment": { bad: '{"n": 2} // two', gives: /comments are not allowed/ },
  "a key that stands twice": { bad: '{"n": 1,\n"n": 2}', gives: 2 },
  "__proto__ as a key": { bad: '{"__proto__": {"n": 1}}', gives: /gives nothing/ },
  "constructor as a key": { bad: '{"constructor": {"n": 1}, "n": 2}', gives: 2 },
  "lone surrogates and NUL in texts": { bad: '{"a\\ud800": "\\udc00\\u0000", "n": 2}', gives: 2 },
  "a name of 10,000 characters": { bad: `{"${"x".repeat(10_000)}": 1, "n": 2}`, gives: 2 },
  "right-to-left text and emoji": { bad: '{"\u202eاسم": "👩‍👩‍👧", "n": 2}', gives: 2 },
  "colours of a terminal": { bad: '\u001b[32m{"n": 2}\u001b[0m', gives: REFUSED },
};

describe("a file as it may be written", () => {
  const mishaps: FileMishap[] = NUMBER_PLACES.flatMap(({ format, extension, selection, around }) => {
    const cases = {
      ...waysToWrite(extension, around("2")),
      ...(DOCUMENTS.has(extension) ? structures(extension) : {}),
      ...(extension === ".json" ? JSON_CASES : {}),
      ...(extension === ".log"
        ? { "colours of a terminal": { bad: "\u001b[1mn=2\u001b[0m\n", gives: 2 } }
        : {}),
    };
    return Object.entries(cases).map(([title, content]) => ({
      title: `${format}: ${title}`,
      extension,
      selection,
      good: (value: number) => around(String(value)),
      ...content,
    }));
  });
  mishaps.push(
    ...Object.entries({
      // A list of nothing is one of 0 tasks, once nobody writes on.
      empty: { bad: "", gives: 0 },
      "UTF-16": { bad: Buffer.from("- [x] a\n- [x] b\n", "utf16le"), gives: 2 },
      "CR alone": { bad: "- [x] a\r- [x] b\r", gives: 2 },
      "a byte that is no UTF-8": { bad: Buffer.from([0x2d, 0x20, 0xff]), gives: /not valid UTF-8 text/ },
      "NUL alone": { bad: "\0".repeat(5_000), gives: /ends in NUL characters/ },
    }).map(([title, content]) => ({
      title: `Markdown: ${title}`,
      extension: ".md",
      selection: { aggregate: "count" },
      good: (value: number) => "- [x] done\n".repeat(value),
      ...content,
    })),
  );
  let courses: readonly MishapCourse[];

  before(async function () {
    this.timeout(40_000);
    courses = await runMishaps(mishaps);
  });

  for (const [index, { title, gives }] of mishaps.entries()) {
    it(title, () => {
      const { file, before, during, after } = courses[index] as MishapCourse;
      assert.deepEqual([before?.value, before?.available], [1, true]);
      if (typeof gives === "number") {
        assert.deepEqual(
          [during?.value, during?.available, during?.stale],
          [gives, true, false],
          during?.error ?? "",
        );
      } else {
        assert.deepEqual(
          [during?.value, during?.available, during?.stale],
          [1, false, true],
          during?.error ?? "",
        );
        assert.ok(during?.error?.startsWith(file), during?.error ?? "");
        assert.match(during?.error ?? "", gives);
      }
      assert.deepEqual([after?.value, after?.available, after?.stale, after?.error], [3, true, false, null]);
    });
  }
});
