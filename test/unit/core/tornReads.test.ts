import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { GuardedReader } from "../../../src/core/sources/guardedReader.js";
import { followRenames, followRewrites } from "../../support/rewrittenFile.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";

// In larger numbers by `npm run soak`.
describe("a file that another program rewrites", () => {
  it("in place gives no value that was not written whole", async function () {
    this.timeout(30_000);
    const { published, torn } = await followRewrites(1_000, "place");
    assert.equal(torn, 0);
    assert.ok(published > 2, `only ${published} values were published`);
  });

  it("by renames gives whole values, and the last of them", async function () {
    this.timeout(30_000);
    const { published, torn } = await followRewrites(200, "rename");
    assert.equal(torn, 0);
    assert.ok(published > 2, `only ${published} values were published`);
  });

  it("by renames, each after the last was shown, misses none", async function () {
    this.timeout(60_000);
    await followRenames(100);
  });
});

describe("a file that is overwritten while it is read", () => {
  it("is never taken for whole, though its stamps have not moved on yet", async () => {
    const folder = new TemporaryFolder();
    try {
      for (let round = 0; round < 50; round++) {
        folder.write({ file: "aaaa" });
        let torn = true;
        const read = await new GuardedReader(folder.path).read(
          "file",
          { appendOnly: false },
          async (opened) => {
            const first = String(await opened.read(0, 2));
            if (torn) writeFileSync(folder.resolve("file"), "bbbb");
            torn = false;
            return first + String(await opened.read(2, 2));
          },
        );
        assert.equal(read?.result, "bbbb");
      }
    } finally {
      folder.dispose();
    }
  });
});
