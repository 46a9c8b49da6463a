import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { JsonFile } from "../../../src/core/jsonFile.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";

describe("a value in a file of its own", () => {
  let folder: TemporaryFolder;

  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(() => folder.dispose());

  it("is written as it is when its turn comes", async () => {
    const file = new JsonFile(folder.resolve("state/a.json"));
    let value = 1;
    file.write(() => value);
    file.write(() => value);
    value = 2;
    assert.equal(await file.read(), 2);
  });

  it("is written later where there is no room for it now", async () => {
    folder.write({ state: "a file in the folder's place" });
    const file = new JsonFile(folder.resolve("state/a.json"));
    file.write(() => "kept");
    await new Promise(setImmediate);
    folder.remove("state");
    await waitFor(() => existsSync(folder.resolve("state/a.json")));
    assert.equal(await file.read(), "kept");
  });

  it("keeps nobody waiting who is in a hurry", async () => {
    folder.write({ state: "a file in the folder's place" });
    const file = new JsonFile(folder.resolve("state/a.json"));
    file.write(() => "lost");
    await file.flushed();
    assert.equal(await file.read(), null);
  });
});
