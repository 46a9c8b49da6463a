import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { CheckpointFile } from "../../../src/core/sources/checkpointFile.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";

const checkpoint = (offset: number) => ({
  offset,
  lines: offset,
  states: [offset],
  head: "h",
  tail: "t",
  identity: "i",
});

describe("checkpoint file", () => {
  let folder: TemporaryFolder;

  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(() => folder.dispose());

  const open = () => new CheckpointFile(folder.resolve("deep/checkpoints.json"));

  it("has the newest on disk once it is flushed, however many came and whenever", async () => {
    const file = open();
    for (let round = 1; round <= 3; round++) {
      for (let offset = 1; offset <= 100; offset++) file.set("log", checkpoint(round * offset));
      await file.flushed();
      assert.deepEqual(await open().get("log"), checkpoint(round * 100));
    }
  });

  it("has none where the file is damaged", async () => {
    const file = open();
    file.set("log", checkpoint(1));
    await file.flushed();
    writeFileSync(folder.resolve("deep/checkpoints.json"), '{"log": {"offset": "1"}');
    assert.equal(await open().get("log"), null);
  });
});
