import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify as toToml } from "smol-toml";
import { stringify as toYaml } from "yaml";
import { lines, savedReading, valuesIn } from "../../../support/discovery.js";

/** What people and programs call things. */
const key = fc.oneof(
  fc.constantFrom(
    "items",
    "total",
    "first name",
    "a.b",
    'say "hi"',
    "it's",
    "back\\slash",
    "`tick`",
    "__proto__",
  ),
  fc.constantFrom("length", "true", "null", "@", "[0]", "", " ", "\n", "größe", "日本", "🙂", "constructor"),
  fc.string({ unit: "binary", maxLength: 8 }),
);
const text = fc.oneof(
  fc.constantFrom("open", "it's", "`x`", "\\", '"', "2025-11-08"),
  fc.string({ maxLength: 8 }),
);
const scalar = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  text,
  fc.boolean(),
);
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, fc.constant(null), tie("list"), tie("object")),
  list: fc.oneof(
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.dictionary(fc.constantFrom("id", "state", "n", "a b"), scalar), { maxLength: 5 }),
  ),
  object: fc.dictionary(key, tie("value"), { maxKeys: 4 }),
}));

describe("every suggestion for a file", () => {
  /** Saves each suggestion and reads it; an empty file of suggestions is told as one. */
  const holds = async (file: string, content: string) => {
    const values = await valuesIn(file, content).catch(() => []);
    for (const [index, value] of values.entries()) {
      const reading = await savedReading(file, content, value);
      assert.equal(reading, value.metric.value, `${lines(values)[index]} ${JSON.stringify(value.metric)}`);
    }
    return values;
  };

  it("of JSON reads the very value that is shown, whatever the keys are", () =>
    fc.assert(
      fc.asyncProperty(json, async (value) => {
        await holds("data.json", JSON.stringify(value));
      }),
      { numRuns: 150 },
    ));

  it("of an object are all of its numbers", () =>
    fc.assert(
      fc.asyncProperty(fc.dictionary(key, fc.integer(), { minKeys: 1, maxKeys: 5 }), async (object) => {
        const content = JSON.stringify(object);
        const values = await holds("data.json", content);
        const parsed: object = JSON.parse(content);
        assert.deepEqual(
          values.map(({ name, metric }) => [name, metric.value]),
          Object.entries(parsed).map(([name, number]) => [name, number === 0 ? 0 : number]),
        );
      }),
      { numRuns: 150 },
    ));

  it("of YAML and TOML too", () =>
    fc.assert(
      fc.asyncProperty(fc.dictionary(key, scalar, { maxKeys: 4 }), async (object) => {
        await holds("data.yaml", toYaml(object));
        await holds("data.toml", toToml({ ...object }));
      }),
      { numRuns: 60 },
    ));

  it("of lines of JSON too", () =>
    fc.assert(
      fc.asyncProperty(fc.array(json, { minLength: 1, maxLength: 5 }), async (values) => {
        await holds("data.jsonl", values.map((value) => `${JSON.stringify(value)}\n`).join(""));
      }),
      { numRuns: 100 },
    ));

  it("of a table too", () => {
    const cell = (value: unknown) => `"${String(value).replaceAll('"', '""')}"`;
    return fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(key, { minLength: 1, maxLength: 4, selector: (name) => name.trim() }),
        fc.array(fc.array(scalar, { minLength: 4, maxLength: 4 }), { maxLength: 5 }),
        async (columns, rows) => {
          const records = [columns, ...rows.map((row) => row.slice(0, columns.length))];
          await holds("data.csv", records.map((record) => `${record.map(cell).join(",")}\n`).join(""));
        },
      ),
      { numRuns: 100 },
    );
  });

  it("of a log too", () => {
    const word = fc.constantFrom(
      "took=",
      "size:",
      "ERROR",
      "warn",
      "12",
      "3.5",
      "1,024",
      "=",
      "a-b=",
      "[x]",
      "ms",
    );
    const line = fc.array(word, { maxLength: 6 }).map((parts) => parts.join(" ").replaceAll("= ", "="));
    return fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 6 }), async (all) => {
        await holds("app.log", `${all.join("\n")}\n`);
      }),
      { numRuns: 100 },
    );
  });
});
