import assert from "node:assert/strict";
import { resolve } from "node:path";
import { discoverFile, MOST_OF_LOG } from "../../../../src/core/discovery/fileDiscovery.js";
import { folderGlobs } from "../../../../src/core/discovery/folderGlobs.js";
import { Evaluator } from "../../../../src/core/sources/evaluator.js";
import { GuardedReader } from "../../../../src/core/sources/guardedReader.js";
import { ENGLISH } from "../../../support/discovery.js";
import { TemporaryFolder } from "../../../support/temporaryFolder.js";

describe("looking for a metric in a folder's files", () => {
  let folder: TemporaryFolder;
  let evaluator: Evaluator;

  beforeEach(() => {
    folder = new TemporaryFolder();
    evaluator = new Evaluator(resolve("dist/core/sources/evaluationWorker.js"));
  });
  afterEach(() => {
    evaluator.dispose();
    folder.dispose();
  });

  const discover = (file: string) => discoverFile(new GuardedReader(folder.path), evaluator, file, ENGLISH);

  it("happens in the worker", async () => {
    folder.write({ "stats.json": '{"mrr": 990.5}' });
    const { entries, whole } = await discover("stats.json");
    const [entry] = entries;
    assert.ok(entry?.kind === "value" && whole);
    assert.equal(entry.metric.value, 990.5);
  });

  it("takes the end of a long log for all of it, and tells so", async () => {
    const line = `${"x".repeat(99)}\n`;
    const lines = MOST_OF_LOG / line.length + 1_000;
    folder.write({ "long.log": `${line.repeat(lines)}level=error\n` });
    const { entries, whole } = await discover("long.log");
    assert.equal(whole, false);
    const [count] = entries;
    assert.ok(count?.kind === "value" && count.aggregate === "count");
    assert.ok(Number(count.metric.value) < lines && Number(count.metric.value) > lines - 2_000);
  });

  it("says why a file gives nothing", async () => {
    folder.write({ "half.json": "{", "empty.json": "{}" });
    await assert.rejects(discover("missing.json"), /no such file/);
    await assert.rejects(discover("half.json"), /ends before/);
    await assert.rejects(discover("empty.json"), /no value/);
    await assert.rejects(discover("../outside.json"));
  });

  it("counts the files of a folder, and those of each kind, as a metric would", async () => {
    folder.write({
      "memos/a.md": "",
      "memos/old [1]/b.md": "",
      "memos/old [1]/c.txt": "",
      "memos/.hidden": "",
      "other.md": "",
    });
    const counts = async (path: string) =>
      (await folderGlobs(new GuardedReader(folder.path), path, ENGLISH)).map(({ glob, label, value }) => [
        glob,
        label,
        value,
      ]);
    assert.deepEqual(await counts("memos"), [
      ["memos/**/*", "Memos", 3],
      ["memos/*", "Memos (without subfolders)", 1],
      ["memos/**/*.md", "Memos (.md)", 2],
      ["memos/**/*.txt", "Memos (.txt)", 1],
    ]);
    assert.deepEqual(await counts("memos/old [1]"), [
      ["memos/old ?1?/**/*", "Old [1]", 2],
      ["memos/old ?1?/**/*.md", "Old [1] (.md)", 1],
      ["memos/old ?1?/**/*.txt", "Old [1] (.txt)", 1],
    ]);
    assert.equal((await counts(""))[0]?.[2], 4);
    folder.write({ "none/.keep": "" });
    assert.deepEqual(await counts("none"), []);
  });
});
