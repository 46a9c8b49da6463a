import assert from "node:assert/strict";
import { listFolder } from "../../../src/core/sources/folderListing.js";
import { SourceError } from "../../../src/core/sources/sourceError.js";
import { turnsDuring } from "../../support/turns.js";

/** A folder of which each entry's name tells what it is: a folder where it has no dot. */
const entry = (name: string) =>
  ({ name, kind: name === "link" ? "other" : name.includes(".", 1) ? "file" : "folder" }) as const;
const TREE: Readonly<Record<string, readonly string[]>> = {
  ".": ["a.md", "docs", "node_modules", ".git", "link"],
  docs: ["b.md", "deep"],
  "docs/deep": ["c.md"],
};
const entriesOf = async (folder: string) => (TREE[folder] ?? []).map(entry);

describe("folder listing", () => {
  it("has every file and folder below a folder, without those of tools and without links", async () => {
    const all = { files: ["a.md", "docs/b.md", "docs/deep/c.md"], folders: [".", "docs", "docs/deep"] };
    assert.deepEqual(await listFolder(".", entriesOf), all);
    const docs = { files: ["docs/b.md", "docs/deep/c.md"], folders: ["docs", "docs/deep"] };
    assert.deepEqual(await listFolder("docs", entriesOf), docs);
    assert.deepEqual(await listFolder("./docs", entriesOf), docs);
  });

  it("lets others have their turn in a folder of very many files, and refuses too many", async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => entry(`${index}.md`));
    const some = many(10_000);
    const { result, turns } = await turnsDuring(listFolder("many", async () => some));
    assert.equal(result.files.length, 10_000);
    assert.ok(turns >= 4, `${turns} turns`);
    await assert.rejects(
      listFolder("many", async () => many(100_001)),
      SourceError,
    );
  });
});
