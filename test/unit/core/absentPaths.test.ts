import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { AbsentPaths } from "../../../src/core/sources/absentPaths.js";
import { GuardedReader } from "../../../src/core/sources/guardedReader.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";

describe("absent paths", () => {
  let folder: TemporaryFolder;
  let absent: AbsentPaths;

  beforeEach(() => {
    folder = new TemporaryFolder();
    absent = new AbsentPaths(folder.path);
  });
  afterEach(() => folder.dispose());

  /** Asks in vain until the folder's stamps are old enough to be believed. */
  const known = (path: string) =>
    waitFor(
      async () => {
        await absent.miss(path);
        return absent.has(path);
      },
      { message: `${path} to be known as absent` },
    );

  it("knows what was asked for in vain until it comes", async () => {
    assert.equal(await absent.has("a.json"), false);
    await known("a.json");
    folder.write({ "a.json": "1" });
    assert.equal(await absent.has("a.json"), false);
  });

  it("knows what is in a missing folder until that is made, or another is renamed to it", async () => {
    for (const come of [
      () => folder.write({ "server/data/a.json": "1" }),
      () => {
        mkdirSync(folder.resolve("other/data"), { recursive: true });
        renameSync(folder.resolve("other"), folder.resolve("server"));
      },
    ]) {
      await known("server/data/a.json");
      come();
      assert.equal(await absent.has("server/data/a.json"), false);
      rmSync(folder.resolve("server"), { recursive: true });
    }
  });

  it("believes no folder that was written just now", async () => {
    await absent.miss("a.json");
    folder.write({ "b.json": "1" });
    await absent.miss("a.json");
    assert.equal(await absent.has("a.json"), false);
  });

  it("lets no link that leads nowhere count as absent", async () => {
    symlinkSync("target", folder.resolve("link"));
    await known("a.json");
    await absent.miss("link");
    await absent.miss("link");
    assert.equal(await absent.has("link"), false);
  });

  it("lets a reader see at once what comes where nothing was", async () => {
    const reader = new GuardedReader(folder.path);
    symlinkSync("later", folder.resolve("data"));
    for (let look = 0; look < 3; look++) {
      await known("marker");
      for (const file of ["a.json", "data/a.json", "server/a.json"])
        assert.equal(await reader.look(file), null, `${file} at look ${look}`);
    }
    folder.write({ "a.json": "1", "later/a.json": "1", "server/a.json": "1" });
    for (const file of ["a.json", "data/a.json", "server/a.json"])
      assert.notEqual(await reader.look(file), null, file);
  });
});
