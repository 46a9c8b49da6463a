import assert from "node:assert/strict";
import { appendFileSync, existsSync, renameSync, utimesSync } from "node:fs";
import { FileSource } from "../../../src/core/sources/fileSource.js";
import type { GuardedFile, ReadOptions } from "../../../src/core/sources/folderReader.js";
import { GuardedReader } from "../../../src/core/sources/guardedReader.js";
import type { SourceDefinition } from "../../../src/core/sources/source.js";
import { SourceError } from "../../../src/core/sources/sourceError.js";
import { useDataFiles } from "../../support/dataFileSuite.js";
import { waitFor } from "../../support/waitFor.js";

const FILE = "data/revenue_snapshot.json";

/** A disk that stamps in whole seconds, and knows no other stamp. */
class CoarseReader extends GuardedReader {
  override async read<T>(file: string, options: ReadOptions, use: (file: GuardedFile) => Promise<T>) {
    const read = await super.read(file, options, use);
    if (read === null) return null;
    const modifiedAt = Math.floor(read.state.modifiedAt / 1_000) * 1_000;
    return { ...read, state: { ...read.state, modifiedAt, signature: `${read.state.size} ${modifiedAt}` } };
  }

  override async readUnless<T>(
    signature: string,
    file: string,
    options: ReadOptions,
    use: (file: GuardedFile) => Promise<T>,
  ) {
    const read = await this.read(file, options, use);
    return read?.state.signature === signature ? ("unchanged" as const) : read;
  }
}

describe("file source, while the file is written,", () => {
  const files = useDataFiles();

  it("sees what a file system with stamps of whole seconds does not tell apart", async () => {
    const source = new FileSource(new CoarseReader(files.folder.path), files.revenueSnapshotFile);
    files.folder.write({ [FILE]: '{"mrr": 1111}' });
    assert.equal((await files.stateOf(source)).value, 1111);
    files.folder.write({ [FILE]: '{"mrr": 2222}' });
    await waitFor(async () => (await files.stateOf(source)).value === 2222);
  });

  it("waits for a writer in the middle of the file", async () => {
    const source = files.sourceOf(files.revenueSnapshotFile);
    files.folder.write({ [FILE]: '{"mrr": 1}' });
    await source.collect();
    files.folder.write({ [FILE]: '{"mrr": ' });
    const collecting = source.collect();
    setImmediate(() => appendFileSync(files.folder.resolve(FILE), "2}"));
    const { state } = await collecting;
    assert.equal(state.status, "available");
    assert.equal(state.reading?.metrics.revenue?.value, 2);
  });

  it("does not touch a file that nobody wrote, and counts equal content as no change", async () => {
    let reads = 0;
    const counted: SourceDefinition = {
      ...files.revenueSnapshotFile,
      read: (file) => {
        reads++;
        return files.revenueSnapshotFile.read(file);
      },
    };
    const source = files.sourceOf(counted);
    files.folder.write({ [FILE]: '{"mrr": 1}' });
    const past = Date.now() / 1000 - 60;
    utimesSync(files.folder.resolve(FILE), past, past);
    const first = await source.collect();
    const second = await source.collect();
    assert.equal(reads, 1);
    files.folder.write({ [FILE]: '{"mrr": 1}' });
    const third = await source.collect();
    assert.equal(reads, 2);
    assert.deepEqual([second.revision, third.revision], [first.revision, first.revision]);
    files.folder.write({ [FILE]: '{"mrr": 2}' });
    assert.notEqual((await source.collect()).revision, first.revision);
  });

  it("sees a write of the same length in the same instant", async () => {
    const source = files.sourceOf(files.revenueSnapshotFile);
    for (let round = 0; round < 50; round++) {
      files.folder.write({ [FILE]: `{"mrr": ${round % 10}}` });
      assert.equal((await files.stateOf(source)).value, round % 10);
    }
  });

  it("reads what took a broken file's place while that was read, though it is older", async () => {
    files.folder.write({ [FILE]: "broken", "older.json": '{"mrr": 2}' });
    for (const file of [FILE, "older.json"])
      utimesSync(files.folder.resolve(file), 1_700_000_000, 1_700_000_000);
    const source = files.sourceOf({
      ...files.revenueSnapshotFile,
      async read(opened) {
        if (existsSync(files.folder.resolve("older.json"))) {
          renameSync(files.folder.resolve("older.json"), files.folder.resolve(FILE));
          throw new SourceError("this is not valid JSON.");
        }
        return files.revenueSnapshotFile.read(opened);
      },
    });
    assert.equal((await files.stateOf(source)).status, "unavailable");
    assert.deepEqual(await files.stateOf(source), { status: "available", value: 2, error: null });
  });

  it("publishes no torn value while a file is rewritten in place again and again", async () => {
    const source = files.sourceOf(files.revenueSnapshotFile);
    const pad = "x".repeat(20_000);
    for (let value = 1; value <= 300; value++) {
      files.folder.write({ [FILE]: `{"pad": "${pad}", "mrr": ${value}}` });
      const { state } = await source.collect();
      assert.equal(state.status, "available");
      assert.equal(state.reading?.metrics.revenue?.value, value);
    }
  });
});
