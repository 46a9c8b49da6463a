import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { adoptFile } from "../../src/vscode/earlierFiles.js";
import { TemporaryFolder } from "../support/temporaryFolder.js";

describe("a file that was kept elsewhere", () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(() => folder.dispose());

  const at = (name: string) => folder.resolve(name);
  const adopt = () => adoptFile([at("one/a.sqlite"), at("two/a.sqlite")], at("new.sqlite"));

  it("comes to its place with what belongs to it", async () => {
    folder.write({ "two/a.sqlite": "rows", "two/a.sqlite-wal": "more" });
    await adopt();
    assert.equal(readFileSync(at("new.sqlite"), "utf8"), "rows");
    assert.equal(readFileSync(at("new.sqlite-wal"), "utf8"), "more");
    assert.ok(!existsSync(at("two/a.sqlite")));
  });

  it("is followed by what a move that was cut off left behind", async () => {
    folder.write({ "two/a.sqlite": "rows", "new.sqlite-wal": "more" });
    await adopt();
    assert.equal(readFileSync(at("new.sqlite"), "utf8"), "rows");
    assert.equal(readFileSync(at("new.sqlite-wal"), "utf8"), "more");
  });

  it("stays where it is when there is one in its place, or an earlier choice", async () => {
    folder.write({ "one/a.sqlite": "first", "two/a.sqlite": "second" });
    await adopt();
    assert.equal(readFileSync(at("new.sqlite"), "utf8"), "first");
    await adopt();
    assert.equal(readFileSync(at("new.sqlite"), "utf8"), "first");
    assert.equal(readFileSync(at("two/a.sqlite"), "utf8"), "second");
  });

  it("is not missed where there is none", async () => {
    await adopt();
    assert.ok(!existsSync(at("new.sqlite")));
  });
});
