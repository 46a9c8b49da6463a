import assert from "node:assert/strict";
import fc from "fast-check";
import { findNodeAtLocation, parseTree } from "jsonc-parser";
import { parseJsonDocument } from "../../../src/core/sources/jsonDocument.js";
import { SourceError } from "../../../src/core/sources/sourceError.js";

function pathsIn(value: unknown): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [[]];
  const children = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [[], ...children.flatMap(([key, child]) => pathsIn(child).map((path) => [key, ...path]))];
}

async function errorOf(text: string): Promise<SourceError> {
  const error = await parseJsonDocument(text).then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof SourceError, `expected a SourceError for ${JSON.stringify(text)}`);
  return error;
}

describe("JSON documents", () => {
  it("say on which line they are wrong, and why", async () => {
    const comma = await errorOf('{\n  "mrr": 12450,\n}');
    assert.equal(comma.line, 3);
    assert.match(comma.reason, /a comma stands before "}"/);
    const open = await errorOf('{\n  "mrr": 12450');
    assert.match(open.reason, /half-written/);
    const symbol = await errorOf('{\r\n"a": 1,\r\n"mrr": NaN }');
    assert.equal(symbol.line, 3);
    assert.match(symbol.reason, /NaN/);
    const comment = await errorOf('{ "a": 1 } // note');
    assert.match(comment.reason, /comments/);
  });

  it("refuse empty and blank files", async () => {
    for (const text of ["", " \r\n\t"]) assert.match((await errorOf(text)).reason, /empty/);
  });

  it("take 64 levels and refuse 65 and a million", async () => {
    await parseJsonDocument("[".repeat(64) + "]".repeat(64));
    for (const depth of [65, 1_000_000]) {
      const error = await errorOf("[".repeat(depth) + "]".repeat(depth));
      assert.match(error.reason, /64 deep/);
    }
  });

  it("do not count brackets inside of texts", async () => {
    const { value } = await parseJsonDocument(JSON.stringify({ text: `\\"${"[".repeat(100)}` }));
    assert.deepEqual(value, { text: `\\"${"[".repeat(100)}` });
  });

  it("know the lines of values", async () => {
    const { linesOf } = await parseJsonDocument('{\n "a": [\n  1,\n\n  2 ],\r\n "b": 3\n}');
    assert.deepEqual(await linesOf([["a", 0], ["a", 1], ["b"], ["c"]]), [3, 5, 6, null]);
  });

  it("know the lines of values in long texts, and of the last of two with one name", async () => {
    const items = Array.from({ length: 60_000 }, (_, index) => ({ id: index, text: 'a "b" ] }' }));
    const text = `{"items":\n[\n${items.map((item) => JSON.stringify(item)).join(",\r\n")}\n],\n"a": 1,\n"a": 2}`;
    assert.ok(text.length > 2_000_000);
    const { linesOf } = await parseJsonDocument(text);
    const paths = [["items", 59_999, "id"], ["items", 0], ["a"], ["items", 60_000], ["items", "0"]];
    assert.deepEqual(await linesOf(paths), [60_002, 3, 60_005, null, null]);
  });

  it("know no line in a value that a later one of the same name replaces", async () => {
    const lines = async (text: string, path: (string | number)[]) =>
      (await (await parseJsonDocument(text)).linesOf([path]))[0];
    assert.equal(await lines('{"a": {"b": 1},\n"a": 2}', ["a", "b"]), null);
    assert.equal(await lines('{"a": [{"b": 1}],\n"a": [{}]}', ["a", 0, "b"]), null);
    assert.equal(await lines('{"a": {"b": 1},\n"a": {"c": 3,\n"b": 2}}', ["a", "b"]), 3);
    assert.equal(
      await lines('{"a": {"b": {"c": 1}, "b":\n{"c": 2}},\n"a": {"b": {}}}', ["a", "b", "c"]),
      null,
    );
  });

  it("know the lines of the values that count, however often names stand twice", async () => {
    const keys = ["a", "b", 0];
    const paths = keys.flatMap((a) => [[a], ...keys.flatMap((b) => [[a, b], ...keys.map((c) => [a, b, c])])]);
    const { object } = fc.letrec<{ value: string; object: string }>((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, fc.constant("0"), fc.constant("[0]"), tie("object")),
      object: fc
        .array(fc.tuple(fc.constantFrom("a", "b"), tie("value")), { maxLength: 4 })
        .map((fields) => `{${fields.map(([name, value]) => `"${name}":\n${value}`).join(",")}}`),
    }));
    await fc.assert(
      fc.asyncProperty(object, async (each) => {
        // Every number says on which line it stands.
        const numbered = each.split("\n").map((line, index) => line.replace("0", String(index + 1)));
        const { value, linesOf } = await parseJsonDocument(numbered.join("\n"));
        for (const [index, line] of (await linesOf(paths)).entries()) {
          const found = paths[index]?.reduce<unknown>((parent, name) => Object(parent)[name], value);
          if (found === undefined) assert.equal(line, null);
          else if (typeof found === "number") assert.equal(line, found);
          else assert.ok(line !== null);
        }
      }),
    );
  });

  it("know the line of every value, wherever it stands", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (value) => {
        const text = JSON.stringify(value, null, 1);
        const { value: parsed, linesOf } = await parseJsonDocument(text);
        const paths = pathsIn(parsed);
        const root = parseTree(text);
        const expected = paths.map((path) => {
          const node = root && findNodeAtLocation(root, path);
          return node ? text.slice(0, node.offset).split("\n").length : null;
        });
        assert.deepEqual(await linesOf(paths), expected);
      }),
    );
  });

  it("give what was written, or a SourceError, whatever the text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 8 }), async (value) => {
        const text = JSON.stringify(value);
        assert.deepEqual((await parseJsonDocument(text)).value, JSON.parse(text));
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.nat(), async (text, cut) => {
        const torn = text.slice(0, cut % (text.length + 1));
        await parseJsonDocument(torn).catch((error: unknown) => assert.ok(error instanceof SourceError));
      }),
    );
  });
});
