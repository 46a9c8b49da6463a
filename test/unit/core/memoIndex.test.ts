import assert from "node:assert/strict";
import fc from "fast-check";
import { parseMemoIndex } from "../../../src/core/sources/memoIndex.js";
import { SourceError } from "../../../src/core/sources/sourceError.js";

const count = async (value: unknown) => (await parseMemoIndex(JSON.stringify(value))).total;

describe("memo index", () => {
  it("takes a total under any of its names, before anything else", async () => {
    for (const key of ["totalMemos", "total_memos", "total", "count"]) {
      assert.equal(await count({ [key]: 17, memos: [1], divisions: { a: 1 } }), 17);
    }
    assert.equal(await count({ count: 3, totalMemos: 17 }), 17);
  });

  it("else counts a list", async () => {
    assert.equal(await count({ memos: [{}, {}, {}] }), 3);
    assert.equal(await count([1, 2]), 2);
    assert.equal(await count([]), 0);
  });

  it("else adds up the divisions, in every layout", async () => {
    assert.equal(await count({ divisions: { a: 4, b: [1, 2], c: { count: 3 }, d: { memos: [1] } } }), 10);
    assert.equal(
      await count({
        divisions: [
          { name: "a", count: 9 },
          { name: "b", total: 8 },
        ],
      }),
      17,
    );
  });

  it("tells the line of what it took", async () => {
    const { total, line } = await parseMemoIndex('{\n "x": 1,\n "totalMemos": 17\n}');
    assert.deepEqual({ total, line }, { total: 17, line: 3 });
  });

  it("refuses what is no count instead of making one up", async () => {
    for (const wrong of ["17", "1,234", "", null, true, [5], {}, -5, 2.5, 2 ** 53]) {
      await assert.rejects(count({ totalMemos: wrong }), SourceError, JSON.stringify(wrong));
    }
    await assert.rejects(parseMemoIndex('{"totalMemos": 1e400}'), SourceError);
    for (const wrong of [{}, "x", 5, null, { memos: 17 }, { divisions: { a: "4" } }, { divisions: 3 }]) {
      await assert.rejects(count(wrong), SourceError, JSON.stringify(wrong));
    }
  });

  it("is not deceived by keys of the prototype", async () => {
    await assert.rejects(parseMemoIndex('{"__proto__": {"totalMemos": 17}}'), SourceError);
  });

  it("gives a whole number from 0 or a SourceError, whatever the document", async () => {
    const keys = fc.constantFrom("totalMemos", "count", "memos", "divisions", "x");
    await fc.assert(
      fc.asyncProperty(fc.dictionary(keys, fc.jsonValue({ maxDepth: 3 })), async (document) => {
        const total = await count(document).catch((error: unknown) => {
          assert.ok(error instanceof SourceError);
          return 0;
        });
        assert.ok(Number.isSafeInteger(total) && total >= 0);
      }),
    );
  });
});
