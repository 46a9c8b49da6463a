import assert from "node:assert/strict";
import { mkdirSync, renameSync } from "node:fs";
import { FolderWatcher } from "../../../src/core/sources/folderWatcher.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";

const FILES = ["data/a.json", "server/data/a.json", "a.json"];

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

  const watch = async (files: readonly string[] = FILES, folders: readonly string[] = []) => {
    watcher = new FolderWatcher(folder.path);
    watcher.onChange(() => changes++);
    watcher.watch(files, folders);
    await settled();
  };
  const settled = () =>
    waitFor(() => watcher.complete, { message: "every folder to be watched", interval: 1 });
  const hears = async (act: () => void) => {
    await settled();
    const before = changes;
    act();
    await waitFor(() => changes > before, { message: "the change to be told", interval: 1 });
  };

  it("hears of writes, atomic renames and removals, again and again", async () => {
    folder.write({ "data/a.json": "1" });
    await watch();
    for (let round = 0; round < 3; round++) {
      await hears(() => folder.write({ "data/a.json": `write ${round}` }));
      await hears(() => folder.writeAtomically("data/a.json", `rename ${round}`));
    }
    await hears(() => folder.remove("data/a.json"));
    await hears(() => folder.write({ "data/a.json": "again" }));
  });

  it("hears of files in folders that appear later, or take another's place", async () => {
    await watch();
    await hears(() => mkdirSync(folder.resolve("server")));
    await hears(() => mkdirSync(folder.resolve("server/data")));
    await hears(() => folder.write({ "server/data/a.json": "1" }));
    await hears(() => renameSync(folder.resolve("server"), folder.resolve("old")));
    await hears(() => folder.write({ "server/data/a.json": "2" }));
    await hears(() => folder.write({ "server/data/a.json": "3" }));
  });

  it("hears of what is written in several folders that appear at once", async () => {
    await watch(["a/b/c/d/file.json"]);
    for (let round = 0; round < 3; round++) {
      await hears(() => mkdirSync(folder.resolve("a/b/c/d"), { recursive: true }));
      await hears(() => folder.write({ "a/b/c/d/file.json": "1" }));
      await hears(() => folder.write({ "a/b/c/d/file.json": "2" }));
      await hears(() => folder.remove("a"));
    }
  });

  it("hears of a file in a folder that was removed and made again, though it has the same number", async () => {
    folder.write({ "data/a.json": "1" });
    await watch();
    for (let round = 0; round < 5; round++) {
      await hears(() => {
        folder.remove("data");
        mkdirSync(folder.resolve("data"));
      });
      await hears(() => folder.write({ "data/a.json": `round ${round}` }));
    }
  });

  it("hears of the root that goes, and of files in the one that takes its place", async () => {
    const parent = new TemporaryFolder();
    parent.write({ "project/data/a.json": "1" });
    watcher = new FolderWatcher(parent.resolve("project"));
    watcher.onChange(() => changes++);
    watcher.watch(FILES);
    await hears(() => renameSync(parent.resolve("project"), parent.resolve("old")));
    await hears(() => parent.write({ "project/data/other.json": "" }));
    await hears(() => parent.write({ "project/data/a.json": "2" }));
    await hears(() => parent.remove("project"));
    await hears(() => mkdirSync(parent.resolve("project")));
    parent.dispose();
  });

  it("tells once more when it has begun, as nobody told of what came before", async () => {
    folder.write({ "data/a.json": "1" });
    await watch();
    await waitFor(() => changes > 0);
  });

  it("is not woken by other files", async () => {
    folder.write({ "data/other.json": "1" });
    await watch();
    const before = changes;
    folder.write({ "data/other.json": "2", "data/b/a.json": "3", "README.md": "4" });
    await hears(() => folder.write({ "a.json": "1" }));
    // A new file is told of twice: that it is there, and that something is in it.
    assert.ok(changes - before <= 3, `told ${changes - before} times`);
  });

  it("says that it does not hear everything where there are too many folders", async () => {
    const folders = Array.from({ length: 2_001 }, (_, index) => `many/${index}`);
    await watch();
    watcher.watch(FILES, folders);
    assert.equal(watcher.complete, false);
    watcher.watch(FILES);
    await settled();
  });

  it("misses no rename among 2,000 files in 200 folders", async function () {
    this.timeout(60_000);
    const folders = Array.from({ length: 200 }, (_, index) => `memos/${index % 20}/${index}`);
    const files = folders.flatMap((path) => Array.from({ length: 10 }, (_, index) => `${path}/${index}.md`));
    folder.write(Object.fromEntries(files.map((file) => [file, "old"])));
    const parents = Array.from({ length: 20 }, (_, index) => `memos/${index}`);
    await watch([], ["memos", ...parents, ...folders]);
    for (const file of files.filter((_, index) => index % 10 === 3)) {
      await hears(() => renameSync(folder.resolve(file), folder.resolve(`${file}.old`)));
    }
    await hears(() => mkdirSync(folder.resolve("memos/0/new")));
  });
});
