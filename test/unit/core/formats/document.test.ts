import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import { type DocumentFormat, parseDocument } from "../../../../src/core/formats/document.js";
import { SourceError } from "../../../../src/core/sources/sourceError.js";

const FORMATS: readonly DocumentFormat[] = ["json", "jsonc", "yaml", "toml"];

async function parsed(format: DocumentFormat, text: string): Promise<unknown> {
  return (await parseDocument(format, text)).value;
}

async function errorOf(format: DocumentFormat, text: string): Promise<SourceError> {
  const error = await parseDocument(format, text).then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(
    error instanceof SourceError,
    `expected a SourceError for ${format} ${JSON.stringify(text.slice(0, 80))}`,
  );
  return error;
}

describe("documents", () => {
  it("refuse empty files in every format", async () => {
    for (const format of FORMATS) {
      for (const text of ["", " \r\n"]) assert.match((await errorOf(format, text)).reason, /empty/, format);
    }
    assert.match((await errorOf("yaml", "# nothing yet\n")).reason, /empty/);
    assert.match((await errorOf("jsonc", "// nothing yet\n")).reason, /empty/);
  });

  it("refuse what is nested too deep, without a crash", async () => {
    const lists = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    for (const depth of [65, 20_000]) {
      assert.match((await errorOf("json", lists(depth))).reason, /64 deep/);
      assert.match((await errorOf("jsonc", lists(depth))).reason, /64 deep/);
      assert.match((await errorOf("yaml", lists(depth))).reason, /64 deep/);
      assert.match((await errorOf("yaml", "- ".repeat(depth))).reason, /64 deep/);
      assert.match((await errorOf("toml", `a = ${lists(depth)}`)).reason, /64 deep/);
      assert.match((await errorOf("toml", `${"a.".repeat(depth)}a = 1`)).reason, /64 deep/);
    }
    for (const format of ["json", "jsonc", "yaml"] as const) await parsed(format, lists(64));
    await parsed("toml", `a = ${lists(63)}`);
  });

  it("hold keys such as __proto__ as their own and nowhere else", async () => {
    const texts = {
      json: '{"__proto__": {"x": 1}, "constructor": 2}',
      jsonc: '{"__proto__": {"x": 1}, "constructor": 2,}',
      yaml: "__proto__: {x: 1}\nconstructor: 2",
      toml: "__proto__.x = 1\nconstructor = 2",
    };
    for (const format of FORMATS) {
      const value = await parsed(format, texts[format]);
      assert.equal(JSON.stringify(value), '{"__proto__":{"x":1},"constructor":2}', format);
    }
    assert.equal(Reflect.get({}, "x"), undefined);
  });
});

describe("JSONC documents", () => {
  it("may have comments and trailing commas, and keep their lines", async () => {
    const text = '// a\n{ /* , */ "url": "http://x//y,]", // b\n "list": [1, 2, /* c */ ], \n}\n';
    const document = await parseDocument("jsonc", text);
    assert.deepEqual(document.value, { url: "http://x//y,]", list: [1, 2] });
    assert.deepEqual(await document.linesOf([["url"], ["list", 1]]), [2, 3]);
  });

  it("say what is wrong and where", async () => {
    for (const text of ["[,]", "{,}", "[1,,]", "[1 2]", "{'a': 1}", '{"a": 1} /* b', '{"a": 1'])
      await errorOf("jsonc", text);
    assert.equal((await errorOf("jsonc", '// x\n{"a": NaN}')).line, 2);
    assert.match((await errorOf("jsonc", '{"a": 1} /* b')).reason, /comment is not closed/);
  });
});

describe("YAML documents", () => {
  it("have the core's types: dates, yes and 1_000 are texts", async () => {
    const text = "a: 2024-01-01\nb: yes\nc: 1_000\nd: true\ne: 1.5\nf: ~\n1: one";
    assert.deepEqual(await parsed("yaml", text), {
      a: "2024-01-01",
      b: "yes",
      c: "1_000",
      d: true,
      e: 1.5,
      f: null,
      "1": "one",
    });
  });

  it("know the lines of values", async () => {
    const { linesOf } = await parseDocument("yaml", "a:\n  - 1\n  - b: 2\r\nc: 3\n");
    assert.deepEqual(await linesOf([["a", 1, "b"], ["c"], ["d"]]), [3, 4, null]);
  });

  it("merge the keys of other objects, whose lines they keep", async () => {
    const text = [
      "base: &base",
      "  cpu: 4",
      "  limits: {mem: 8}",
      "other: &other {cpu: 1, disk: 2}",
      "prod:",
      "  <<: [*base, *other]",
      "  cpu: 16",
      "stage:",
      "  cpu: 2",
      "  <<: *base",
      "copy: *other",
      'quoted: {"<<": 5}',
      "nested: {<<: {<<: *other, disk: 3}}",
    ].join("\n");
    const { value, linesOf } = await parseDocument("yaml", text);
    assert.deepEqual(value, {
      base: { cpu: 4, limits: { mem: 8 } },
      other: { cpu: 1, disk: 2 },
      prod: { cpu: 16, limits: { mem: 8 }, disk: 2 },
      stage: { cpu: 2, limits: { mem: 8 } },
      copy: { cpu: 1, disk: 2 },
      quoted: { "<<": 5 },
      nested: { cpu: 1, disk: 3 },
    });
    const lines: readonly [path: (string | number)[], line: number | null][] = [
      [["prod", "cpu"], 7],
      [["prod", "limits", "mem"], 3],
      [["prod", "disk"], 4],
      [["stage", "cpu"], 9],
      [["copy"], 11],
      [["copy", "disk"], 4],
      [["quoted", "<<"], 12],
      [["nested", "disk"], 13],
      [["nested", "cpu"], 4],
      [["prod", "none"], null],
    ];
    assert.deepEqual(
      await linesOf(lines.map(([path]) => path)),
      lines.map(([, line]) => line),
    );
    for (const merge of ["5", "", "[1]", "*gone"])
      assert.match((await errorOf("yaml", `a: {<<: ${merge}}`)).reason, /what << merges/, merge);
    const services = Array.from({ length: 60 }, (_, index) => `s${index}: {<<: *app}`).join("\n");
    await parsed("yaml", `base: &base {a: 1}\napp: &app {<<: *base}\n${services}`);
    const levels = Array.from(
      { length: 12 },
      (_, level) =>
        `l${level}: &l${level} {<<: [${
          level === 0
            ? "{a: 1}"
            : Array(9)
                .fill(`*l${level - 1}`)
                .join(", ")
        }]}`,
    );
    assert.match((await errorOf("yaml", levels.join("\n"))).reason, /repeat too much/);
    const chain = Array.from({ length: 500 }, (_, level) => `m${level}: &m${level} {<<: *m${level - 1}}`);
    await errorOf("yaml", ["m: &m-1 {a: 1}", ...chain].join("\n"));
    await errorOf("yaml", "a: &a {<<: *a}");
  });

  it("refuse doubled names, tags, tabs, further documents and damaged text, with the line", async () => {
    assert.deepEqual(
      await errorOf("yaml", "a: 1\na: 2").then(({ line, reason }) => [line, /twice/.test(reason)]),
      [2, true],
    );
    for (const text of [
      "a: !foo 1",
      "a: !!binary aGk=",
      "a: !!set {x}",
      "a:\n\t- b",
      "a: 1\n--- \nb: 2",
      "{a: [1,",
      "a: *b",
    ])
      await errorOf("yaml", text);
  });

  it("refuse aliases that unfold without end", async () => {
    await errorOf("yaml", "a: &a [*a]");
    const levels = Array.from({ length: 12 }, (_, level) => {
      const above =
        level === 0
          ? '"x"'
          : Array(9)
              .fill(`*l${level - 1}`)
              .join(", ");
      return `l${level}: &l${level} [${above}]`;
    });
    await errorOf("yaml", levels.join("\n"));
    assert.deepEqual(await parsed("yaml", "a: &x [1]\nb: *x"), { a: [1], b: [1] });
    const many = (await parsed("yaml", `a: &x [1]\nb: [${Array(500).fill("*x").join(", ")}]`)) as {
      b: unknown[];
    };
    assert.equal(many.b.length, 500);
    assert.deepEqual(await parsed("yaml", "a: &x 1\nb: &x 2\nc: *x"), { a: 1, b: 2, c: 2 });
  });

  it("give back what was written", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), async (value) => {
        fc.pre(value !== null);
        const written = JSON.parse(JSON.stringify(value)) as unknown;
        assert.deepEqual(JSON.parse(JSON.stringify(await parsed("yaml", stringify(written)))), written);
      }),
      { numRuns: 60 },
    );
  });
});

describe("TOML documents", () => {
  it("have dates as texts", async () => {
    const text = "d = 2024-01-01\nt = [{ at = 2024-01-01T10:00:00Z }]\nn = 5";
    assert.equal(
      JSON.stringify(await parsed("toml", text)),
      '{"d":"2024-01-01","t":[{"at":"2024-01-01T10:00:00Z"}],"n":5}',
    );
    const { linesOf, value } = await parseDocument("toml", text);
    assert.deepEqual(await linesOf([["d"]]), [null]);
    assert.equal(typeof Reflect.get(Object(value), "d"), "string");
  });

  it("say what is wrong and where", async () => {
    for (const text of ["x = 1\na = 1\na = 2", "x = 1\ny = 2\nn = 9007199254740993", "x = 1\n\na ="])
      assert.equal((await errorOf("toml", text)).line, 3, text);
  });
});

describe("documents of any text", () => {
  it("are a value of JSON's types or a SourceError", async () => {
    const fragments = fc.constantFrom(
      ..."{}[]:,\"'#&*!|>-?%@`\n\t =./\\",
      "a",
      "1",
      "e9",
      "null",
      "NaN",
      ": ",
      "- ",
      "/*",
      "*/",
      "//",
      '"a"',
      "[[",
      "]]",
      "&a",
      "*a",
      "<<: ",
      "\u2028",
      "\0",
    );
    const texts = fc.oneof(
      fc.array(fragments, { maxLength: 30 }).map((parts) => parts.join("")),
      fc.string({ unit: "binary" }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...FORMATS), texts, async (format, text) => {
        const value = await parsed(format, text).catch((error: unknown) => {
          assert.ok(error instanceof SourceError, `${format} ${JSON.stringify(text)} ${String(error)}`);
          return null;
        });
        JSON.stringify(value);
      }),
      { numRuns: 1500 },
    );
  });

  it("are never believed when they are cut, unless what is left is whole", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), fc.nat(), async (value, cut) => {
        const text = JSON.stringify({ value });
        await errorOf("jsonc", text.slice(0, cut % text.length));
      }),
    );
  });
});
