import assert from "node:assert/strict";
import { WatchedPaths } from "../../../src/core/sources/watchedPaths.js";

describe("watched paths", () => {
  const paths = new WatchedPaths(["a.json", "server/data/a.json"], ["memos", "memos/deep"]);

  it("name every folder on the way, the outer ones first", () => {
    assert.deepEqual(paths.folders, [".", "server", "memos", "server/data", "memos/deep"]);
  });

  it("concern the files, the folders on the way, and every entry of an open folder", () => {
    for (const path of [
      "a.json",
      "server",
      "server/data",
      "server/data/a.json",
      "memos",
      "memos/x",
      "memos/deep/y",
    ])
      assert.ok(paths.concerns(path), path);
    for (const path of ["b.json", "data", "server/b", "server/data/b.json", "memos/other/x"])
      assert.ok(!paths.concerns(path), path);
  });

  it("concern what lies deeper in an open folder where only that is told", () => {
    assert.ok(paths.concernsBelow("memos/other/er/x"));
    assert.ok(paths.concernsBelow("server/data"));
    assert.ok(!paths.concernsBelow("server/data/b.json"));
    assert.ok(new WatchedPaths([], ["."]).concernsBelow("any/where"));
  });
});
