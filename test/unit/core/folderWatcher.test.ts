import assert from "node:assert/strict";
import { mkdirSync, renameSync } from "node:fs";
import { FolderWatcher } from "../../../src/core/sources/folderWatcher.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";

describe("folder watcher", () => {
  let folder: TemporaryFolder;
  let watcher: FolderWatcher;
  let changes: number;

  beforeEach(() => {
    folder = new TemporaryFolder();
    changes = 0;
  });
  afterEach(() => {
    watcher.dispose();
    folder.dispose();
  });

  const watch = () => {
    watcher = new FolderWatcher(folder.path, () => changes++);
    watcher.watch(["data/a.json", "server/data/a.json", "a.json"]);
  };
  const hears = async (act: () => void) => {
    const before = changes;
    act();
    await waitFor(() => changes > before, { message: "the change to be told" });
  };

  it("hears of writes, atomic renames and removals, again and again", async () => {
    folder.write({ "data/a.json": "1" });
    watch();
    for (let round = 0; round < 3; round++) {
      await hears(() => folder.write({ "data/a.json": `write ${round}` }));
      await hears(() => folder.writeAtomically("data/a.json", `rename ${round}`));
    }
    await hears(() => folder.remove("data/a.json"));
    await hears(() => folder.write({ "data/a.json": "again" }));
  });

  it("hears of files in folders that appear later, or take another's place", async () => {
    watch();
    await hears(() => mkdirSync(folder.resolve("server")));
    await hears(() => mkdirSync(folder.resolve("server/data")));
    await hears(() => folder.write({ "server/data/a.json": "1" }));
    await hears(() => renameSync(folder.resolve("server"), folder.resolve("old")));
    await hears(() => folder.write({ "server/data/a.json": "2" }));
    await hears(() => folder.write({ "server/data/a.json": "3" }));
    assert.ok(watcher.complete);
  });

  it("is not woken by other files", async () => {
    folder.write({ "data/other.json": "1" });
    watch();
    folder.write({ "data/other.json": "2", "data/b/a.json": "3", "README.md": "4" });
    await hears(() => folder.write({ "a.json": "1" }));
    assert.ok(changes <= 2, `told ${changes} times`);
  });
});
