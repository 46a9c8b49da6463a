import assert from "node:assert/strict";
import fc from "fast-check";
import { parseRecommendations } from "../../../src/core/sources/recommendations.js";
import { SourceError } from "../../../src/core/sources/sourceError.js";

const parse = async (value: unknown) => (await parseRecommendations(JSON.stringify(value))).listed;

describe("recommendations", () => {
  it("reads a root list and a list under its name", async () => {
    const items = [{ id: "a", title: "One", priority: "HIGH", rationale: "Because" }];
    for (const document of [items, { recommendations: items }]) {
      const [first] = await parse(document);
      assert.deepEqual(
        { ...first, line: null },
        { id: "a", title: "One", priority: "high", description: "Because", line: null },
      );
    }
  });

  it("tells each item's line", async () => {
    const { listed } = await parseRecommendations('{"recommendations": [\n{"title":"a"},\n\n{"title":"b"}]}');
    assert.deepEqual(
      listed.map(({ line }) => line),
      [2, 4],
    );
  });

  it("shows items that lack what they may have", async () => {
    const items = await parse([
      {},
      "Just text",
      { description: "Only this" },
      null,
      { priority: "urgent", title: 7 },
    ]);
    assert.deepEqual(
      items.map(({ title, priority, description }) => [title, priority, description]),
      [
        ["Recommendation 1", null, null],
        ["Just text", null, null],
        ["Only this", null, null],
        ["Recommendation 4", null, null],
        ["7", null, null],
      ],
    );
  });

  it("gives each an id of its own", async () => {
    const ids = (await parse([{ id: "x" }, { id: "x" }, { id: "2" }, {}, { id: "x" }])).map(({ id }) => id);
    assert.equal(new Set(ids).size, 5);
  });

  it("refuses what is no list", async () => {
    for (const wrong of [{}, { recommendations: 5 }, "x", null])
      await assert.rejects(parse(wrong), SourceError);
  });

  it("counts all of a very long list, and lists the first", async () => {
    const items = Array.from({ length: 5_000 }, () => ({ id: "same", title: "x".repeat(5_000) }));
    const { count, listed } = await parseRecommendations(JSON.stringify(items));
    assert.deepEqual([count, listed.length, listed[0]?.title.length], [5_000, 1_000, 2_001]);
  });

  it("counts exactly the items of the list, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue({ maxDepth: 2 })), async (items) => {
        assert.equal((await parseRecommendations(JSON.stringify(items))).count, items.length);
      }),
    );
  });
});
