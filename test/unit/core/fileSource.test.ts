import assert from "node:assert/strict";
import {
  appendFileSync,
  existsSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
} from "node:fs";
import * as dataFiles from "../../../src/core/sources/dataFiles.js";
import { Evaluator } from "../../../src/core/sources/evaluator.js";
import { FileSource } from "../../../src/core/sources/fileSource.js";
import type { GuardedFile, ReadOptions } from "../../../src/core/sources/folderReader.js";
import { GuardedReader } from "../../../src/core/sources/guardedReader.js";
import type { SourceDefinition } from "../../../src/core/sources/source.js";
import { SourceError } from "../../../src/core/sources/sourceError.js";
import { WORKER_SCRIPT } from "../../support/folderStream.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";

const FILE = "data/revenue_snapshot.json";
const LOG = "data/drive_sync.log";
const CHAT = "data/chat_activity.jsonl";

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

describe("file source", () => {
  let folder: TemporaryFolder;
  const evaluator = new Evaluator(WORKER_SCRIPT);
  const revenueSnapshotFile = dataFiles.dataFile(dataFiles.revenueSnapshotFile, evaluator);
  const driveSyncLogFile = dataFiles.dataFile(dataFiles.driveSyncLogFile, evaluator);
  const chatActivityFile = dataFiles.dataFile(dataFiles.chatActivityFile, evaluator);

  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(() => folder.dispose());
  after(() => evaluator.dispose());

  const sourceOf = (definition: SourceDefinition) =>
    new FileSource(new GuardedReader(folder.path), definition);
  const stateOf = async (source: FileSource) => {
    const { state } = await source.collect();
    const metric = Object.values(state.reading?.metrics ?? {})[0];
    return { status: state.status, value: metric?.value ?? null, error: state.error };
  };

  it("sees what a file system with stamps of whole seconds does not tell apart", async () => {
    const source = new FileSource(new CoarseReader(folder.path), revenueSnapshotFile);
    folder.write({ [FILE]: '{"mrr": 1111}' });
    assert.equal((await stateOf(source)).value, 1111);
    folder.write({ [FILE]: '{"mrr": 2222}' });
    await waitFor(async () => (await stateOf(source)).value === 2222);
  });

  it("takes the first place where the file exists", async () => {
    const source = sourceOf(revenueSnapshotFile);
    assert.equal((await stateOf(source)).status, "unavailable");
    const places = ["revenue_snapshot.json", "server/data/revenue_snapshot.json", FILE];
    for (const [index, place] of places.entries()) {
      folder.write({ [place]: `{"mrr": ${index + 1}}` });
      assert.equal((await stateOf(source)).value, index + 1);
    }
  });

  it("keeps the last good value of a file that stops parsing, and says where and why", async () => {
    const source = sourceOf(revenueSnapshotFile);
    folder.write({ [FILE]: '{"mrr": 12450}' });
    await source.collect();
    for (const broken of ['{\n"mrr": 124', "", '{"mrr": "12450"}']) {
      folder.write({ [FILE]: broken });
      const { status, value, error } = await stateOf(source);
      assert.deepEqual([status, value], ["stale", 12450]);
      assert.match(error ?? "", /^data\/revenue_snapshot\.json(, line \d+)?: /);
    }
    folder.write({ [FILE]: '{"mrr": 13000}' });
    assert.deepEqual(await stateOf(source), { status: "available", value: 13000, error: null });
  });

  it("has no value for a file that is gone, nor for one that never was good", async () => {
    const source = sourceOf(revenueSnapshotFile);
    folder.write({ [FILE]: '{"mrr": 12450}' });
    await source.collect();
    folder.remove(FILE);
    assert.deepEqual((await stateOf(source)).status, "unavailable");
    folder.write({ [FILE]: "{" });
    const { status, value } = await stateOf(source);
    assert.deepEqual([status, value], ["unavailable", null]);
  });

  it("keeps the last good value where another place of the file fails, however that does", async () => {
    let unforeseen = false;
    const source = sourceOf({
      ...revenueSnapshotFile,
      async read(opened) {
        if (unforeseen) throw new TypeError("nobody foresaw this");
        return revenueSnapshotFile.read(opened);
      },
    });
    folder.write({ "server/data/revenue_snapshot.json": '{"mrr": 12450}' });
    assert.equal((await stateOf(source)).value, 12450);
    const trouble: Readonly<Record<string, () => void>> = {
      "not a regular file": () => folder.write({ [`${FILE}/x`]: "" }),
      "a value is missing": () => folder.write({ [FILE]: '{"mrr": ' }),
      "nobody foresaw this": () => {
        unforeseen = true;
        folder.write({ [FILE]: '{"mrr": 1}' });
      },
    };
    for (const [said, begin] of Object.entries(trouble)) {
      begin();
      const { status, value, error } = await stateOf(source);
      assert.deepEqual([status, value], ["stale", 12450], said);
      assert.match(error ?? "", new RegExp(`^${FILE}.*${said}`));
      folder.remove(FILE);
    }
    unforeseen = false;
    assert.deepEqual(await stateOf(source), { status: "available", value: 12450, error: null });
  });

  it("reads a good file again that once took too long, though nobody wrote it", async () => {
    folder.write({ "starved.js": "for (;;);" });
    const hasty = new Evaluator(folder.resolve("starved.js"), 100);
    let starved = true;
    const source = sourceOf({
      ...revenueSnapshotFile,
      read: (opened) =>
        (starved ? dataFiles.dataFile(dataFiles.revenueSnapshotFile, hasty) : revenueSnapshotFile).read(
          opened,
        ),
    });
    folder.write({ [FILE]: `{"mrr": 12450, "pad": "${"x".repeat(100_000)}"}` });
    utimesSync(folder.resolve(FILE), 1_700_000_000, 1_700_000_000);
    const { state, recheckInMs } = await source.collect();
    hasty.dispose();
    assert.deepEqual([state.status, state.reading], ["unavailable", null]);
    assert.match(state.error ?? "", /took more than \d+ s\. It is tried again\.$/);
    assert.ok(recheckInMs !== null, "it must be read again by itself");
    starved = false;
    const value = await waitFor(async () => (await stateOf(source)).value, { message: "the good value" });
    assert.equal(value, 12450);
  });

  it("waits for a writer in the middle of the file", async () => {
    const source = sourceOf(revenueSnapshotFile);
    folder.write({ [FILE]: '{"mrr": 1}' });
    await source.collect();
    folder.write({ [FILE]: '{"mrr": ' });
    const collecting = source.collect();
    setImmediate(() => appendFileSync(folder.resolve(FILE), "2}"));
    const { state } = await collecting;
    assert.equal(state.status, "available");
    assert.equal(state.reading?.metrics.revenue?.value, 2);
  });

  it("does not touch a file that nobody wrote, and counts equal content as no change", async () => {
    let reads = 0;
    const counted: SourceDefinition = {
      ...revenueSnapshotFile,
      read: (file) => {
        reads++;
        return revenueSnapshotFile.read(file);
      },
    };
    const source = sourceOf(counted);
    folder.write({ [FILE]: '{"mrr": 1}' });
    const past = Date.now() / 1000 - 60;
    utimesSync(folder.resolve(FILE), past, past);
    const first = await source.collect();
    const second = await source.collect();
    assert.equal(reads, 1);
    folder.write({ [FILE]: '{"mrr": 1}' });
    const third = await source.collect();
    assert.equal(reads, 2);
    assert.deepEqual([second.revision, third.revision], [first.revision, first.revision]);
    folder.write({ [FILE]: '{"mrr": 2}' });
    assert.notEqual((await source.collect()).revision, first.revision);
  });

  it("follows a link that leads elsewhere now, and gives nothing from outside of the folder", async () => {
    const outside = new TemporaryFolder();
    outside.write({ "secret.json": '{"mrr": 7}' });
    const source = sourceOf(revenueSnapshotFile);
    folder.write({ "a.json": '{"mrr": 1}', "b.json": '{"mrr": 2}', "data/x": "" });
    const past = Date.now() / 1000 - 60;
    for (const name of ["a.json", "b.json"]) utimesSync(folder.resolve(name), past, past);
    const linkTo = (target: string) => {
      rmSync(folder.resolve(FILE), { force: true });
      symlinkSync(target, folder.resolve(FILE));
    };
    for (const [target, value] of [
      ["a.json", 1],
      ["b.json", 2],
    ] as const) {
      linkTo(folder.resolve(target));
      assert.equal((await stateOf(source)).value, value);
      assert.equal((await stateOf(source)).value, value);
    }
    linkTo(outside.resolve("secret.json"));
    const { status, value, error } = await stateOf(source);
    outside.dispose();
    assert.deepEqual([status, value], ["stale", 2]);
    assert.match(error ?? "", /leads out of the workspace folder/);
  });

  it("sees a write of the same length in the same instant", async () => {
    const source = sourceOf(revenueSnapshotFile);
    for (let round = 0; round < 50; round++) {
      folder.write({ [FILE]: `{"mrr": ${round % 10}}` });
      assert.equal((await stateOf(source)).value, round % 10);
    }
  });

  it("reads what took a broken file's place while that was read, though it is older", async () => {
    folder.write({ [FILE]: "broken", "older.json": '{"mrr": 2}' });
    for (const file of [FILE, "older.json"]) utimesSync(folder.resolve(file), 1_700_000_000, 1_700_000_000);
    const source = sourceOf({
      ...revenueSnapshotFile,
      async read(opened) {
        if (existsSync(folder.resolve("older.json"))) {
          renameSync(folder.resolve("older.json"), folder.resolve(FILE));
          throw new SourceError("this is not valid JSON.");
        }
        return revenueSnapshotFile.read(opened);
      },
    });
    assert.equal((await stateOf(source)).status, "unavailable");
    assert.deepEqual(await stateOf(source), { status: "available", value: 2, error: null });
  });

  it("reads a large file without holding up the event loop for its length", async () => {
    const pad = "x".repeat(20 * 1024 * 1024);
    folder.write({ [FILE]: `{"pad": "${pad}",\n"mrr": 1}` });
    let ticks = 0;
    let ticking = true;
    const tick = () => {
      ticks++;
      if (ticking) setImmediate(tick);
    };
    setImmediate(tick);
    const { state } = await sourceOf(revenueSnapshotFile).collect();
    ticking = false;
    const { value, line } = state.reading?.metrics.revenue ?? {};
    assert.deepEqual([value, line], [1, 2]);
    assert.ok(ticks > 50, `${ticks} ticks`);
  });

  it("refuses a file too large to be held", async () => {
    folder.write({ [FILE]: "" });
    truncateSync(folder.resolve(FILE), 65 * 1024 * 1024);
    assert.match((await stateOf(sourceOf(revenueSnapshotFile))).error ?? "", /65 MB, more than the 64 MB/);
  });

  it("counts the messages of a day however long their log is", async () => {
    const line = `${JSON.stringify({ timestamp: new Date().toISOString(), pad: "x".repeat(400) })}\n`;
    const [old, recent] = [line.replace(/"20\d\d-/, '"2019-'), line];
    folder.write({ [CHAT]: old.repeat(3_000) + recent.repeat(20_000) });
    assert.deepEqual((await stateOf(sourceOf(chatActivityFile))).value, 20_000);
  });

  it("waits for a log's last line to end, and takes it once the log has come to rest", async () => {
    const source = sourceOf(driveSyncLogFile);
    folder.write({ [LOG]: "2025-11-08T20:00:00 OK\n2025-11-08T21:00:00 ERR" });
    const { state, recheckInMs } = await source.collect();
    assert.equal(state.reading?.metrics.driveSync?.value, "OK");
    assert.ok(recheckInMs !== null && recheckInMs <= 2_000);
    appendFileSync(folder.resolve(LOG), "OR");
    const past = Date.now() / 1000 - 60;
    utimesSync(folder.resolve(LOG), past, past);
    assert.equal((await stateOf(source)).value, "ERROR");
  });

  it("takes a log's only line though it has no end", async () => {
    folder.write({ [LOG]: "2025-11-08T20:00:00 OK" });
    assert.equal((await stateOf(sourceOf(driveSyncLogFile))).value, "OK");
  });

  it("finds the last success far up a long log", async () => {
    const failures = "2025-11-09T20:00:00 ERROR disk full\n".repeat(20_000);
    folder.write({ [LOG]: `2025-11-08T20:00:00 OK\n${failures}` });
    const { state } = await sourceOf(driveSyncLogFile).collect();
    assert.deepEqual(
      [state.reading?.metrics.driveSync?.value, state.reading?.lastSync],
      ["ERROR", "2025-11-08T20:00:00"],
    );
  });

  it("publishes no torn value while a file is rewritten in place again and again", async () => {
    const source = sourceOf(revenueSnapshotFile);
    const pad = "x".repeat(20_000);
    let last = 0;
    for (let value = 1; value <= 300; value++) {
      folder.write({ [FILE]: `{"pad": "${pad}", "mrr": ${value}}` });
      const { state } = await source.collect();
      assert.equal(state.status, "available");
      last = Number(state.reading?.metrics.revenue?.value);
      assert.equal(last, value);
    }
    await waitFor(() => last === 300);
  });
});
