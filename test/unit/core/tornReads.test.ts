import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { GuardedReader } from "../../../src/core/sources/guardedReader.js";
import { FollowedFolder } from "../../support/followedFolder.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";

const WRITER = resolve("out/test/support/rewritingWriter.js");
const FILE = "value.json";

describe("a file that another program rewrites", () => {
  let folder: FollowedFolder;

  beforeEach(async () => {
    folder = new FollowedFolder();
    folder.write({ [FILE]: '{"mrr": 100000, "check": 700000}' });
    folder.declare({ mrr: { file: FILE, query: "mrr" }, check: { file: FILE, query: "check" } });
    folder.follow();
    await folder.shows("mrr", 100_000);
  });
  afterEach(() => folder.dispose());

  /** Runs the writer to its end; gives the different values that were published. */
  const published = async (rewrites: number, way: string) => {
    await promisify(execFile)(process.execPath, [WRITER, folder.resolve(FILE), String(rewrites), way]);
    await folder.shows("mrr", 100_000 + rewrites);
    const pairs = folder.emitted.flatMap(({ metrics: { mrr, check } }) =>
      // Before the first reading there is nothing yet.
      mrr?.value || check?.value ? [[mrr?.value, check?.value] as const] : [],
    );
    for (const [mrr, check] of pairs) {
      assert.equal(typeof mrr, "number");
      assert.equal(Number(mrr) * 7, check);
    }
    return new Set(pairs.map(([mrr]) => mrr)).size;
  };

  it("in place 10,000 times gives no value that was not written whole", async function () {
    this.timeout(120_000);
    const values = await published(10_000, "place");
    assert.ok(values > 10, `only ${values} values were published`);
  });

  it("by renames gives whole values, and the last of them", async function () {
    this.timeout(60_000);
    const values = await published(1_000, "rename");
    assert.ok(values > 2, `only ${values} values were published`);
  });

  it("by 1,000 renames, each after the last was shown, misses none", async function () {
    this.timeout(120_000);
    const ids = ["a", "b", "c", "d", "e"];
    folder.declare(Object.fromEntries(ids.map((id) => [id, { file: `${id}.json`, query: "n" }])));
    const rename = async (id: string) => {
      for (let n = 1; n <= 1_000 / ids.length; n++) {
        folder.writeAtomically(`${id}.json`, `{"n": ${n}}`);
        await folder.shows(id, n, { interval: 2 });
      }
    };
    await Promise.all(ids.map(rename));
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
