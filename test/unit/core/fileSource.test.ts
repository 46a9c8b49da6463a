import assert from "node:assert/strict";
import { appendFileSync, rmSync, symlinkSync, truncateSync, utimesSync } from "node:fs";
import * as dataFiles from "../../../src/core/sources/dataFiles.js";
import { Evaluator } from "../../../src/core/sources/evaluator.js";
import { useDataFiles } from "../../support/dataFileSuite.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";

const FILE = "data/revenue_snapshot.json";
const LOG = "data/drive_sync.log";
const CHAT = "data/chat_activity.jsonl";

describe("file source", () => {
  const files = useDataFiles();

  it("takes the first place where the file exists", async () => {
    const source = files.sourceOf(files.revenueSnapshotFile);
    assert.equal((await files.stateOf(source)).status, "unavailable");
    const places = ["revenue_snapshot.json", "server/data/revenue_snapshot.json", FILE];
    for (const [index, place] of places.entries()) {
      files.folder.write({ [place]: `{"mrr": ${index + 1}}` });
      assert.equal((await files.stateOf(source)).value, index + 1);
    }
  });

  it("keeps the last good value of a file that stops parsing, and says where and why", async () => {
    const source = files.sourceOf(files.revenueSnapshotFile);
    files.folder.write({ [FILE]: '{"mrr": 12450}' });
    await source.collect();
    for (const broken of ['{\n"mrr": 124', "", '{"mrr": "12450"}']) {
      files.folder.write({ [FILE]: broken });
      const { status, value, error } = await files.stateOf(source);
      assert.deepEqual([status, value], ["stale", 12450]);
      assert.match(error ?? "", /^data\/revenue_snapshot\.json(, line \d+)?: /);
    }
    files.folder.write({ [FILE]: '{"mrr": 13000}' });
    assert.deepEqual(await files.stateOf(source), { status: "available", value: 13000, error: null });
  });

  it("has no value for a file that is gone, nor for one that never was good", async () => {
    const source = files.sourceOf(files.revenueSnapshotFile);
    files.folder.write({ [FILE]: '{"mrr": 12450}' });
    await source.collect();
    files.folder.remove(FILE);
    assert.deepEqual((await files.stateOf(source)).status, "unavailable");
    files.folder.write({ [FILE]: "{" });
    const { status, value } = await files.stateOf(source);
    assert.deepEqual([status, value], ["unavailable", null]);
  });

  it("keeps the last good value where another place of the file fails, however that does", async () => {
    let unforeseen = false;
    const source = files.sourceOf({
      ...files.revenueSnapshotFile,
      async read(opened) {
        if (unforeseen) throw new TypeError("nobody foresaw this");
        return files.revenueSnapshotFile.read(opened);
      },
    });
    files.folder.write({ "server/data/revenue_snapshot.json": '{"mrr": 12450}' });
    assert.equal((await files.stateOf(source)).value, 12450);
    const trouble: Readonly<Record<string, () => void>> = {
      "not a regular file": () => files.folder.write({ [`${FILE}/x`]: "" }),
      "a value is missing": () => files.folder.write({ [FILE]: '{"mrr": ' }),
      "nobody foresaw this": () => {
        unforeseen = true;
        files.folder.write({ [FILE]: '{"mrr": 1}' });
      },
    };
    for (const [said, begin] of Object.entries(trouble)) {
      begin();
      const { status, value, error } = await files.stateOf(source);
      assert.deepEqual([status, value], ["stale", 12450], said);
      assert.match(error ?? "", new RegExp(`^${FILE}.*${said}`));
      files.folder.remove(FILE);
    }
    unforeseen = false;
    assert.deepEqual(await files.stateOf(source), { status: "available", value: 12450, error: null });
  });

  it("reads a good file again that once took too long, though nobody wrote it", async () => {
    files.folder.write({ "starved.js": "for (;;);" });
    const hasty = new Evaluator(files.folder.resolve("starved.js"), 100);
    let starved = true;
    const source = files.sourceOf({
      ...files.revenueSnapshotFile,
      read: (opened) =>
        (starved ? dataFiles.dataFile(dataFiles.revenueSnapshotFile, hasty) : files.revenueSnapshotFile).read(
          opened,
        ),
    });
    files.folder.write({ [FILE]: `{"mrr": 12450, "pad": "${"x".repeat(100_000)}"}` });
    utimesSync(files.folder.resolve(FILE), 1_700_000_000, 1_700_000_000);
    const { state, recheckInMs } = await source.collect();
    hasty.dispose();
    assert.deepEqual([state.status, state.reading], ["unavailable", null]);
    assert.match(state.error ?? "", /took more than \d+ s\. It is tried again\.$/);
    assert.ok(recheckInMs !== null, "it must be read again by itself");
    starved = false;
    const value = await waitFor(async () => (await files.stateOf(source)).value, {
      message: "the good value",
    });
    assert.equal(value, 12450);
  });

  it("follows a link that leads elsewhere now, and gives nothing from outside of the folder", async () => {
    const outside = new TemporaryFolder();
    outside.write({ "secret.json": '{"mrr": 7}' });
    const source = files.sourceOf(files.revenueSnapshotFile);
    files.folder.write({ "a.json": '{"mrr": 1}', "b.json": '{"mrr": 2}', "data/x": "" });
    const past = Date.now() / 1000 - 60;
    for (const name of ["a.json", "b.json"]) utimesSync(files.folder.resolve(name), past, past);
    const linkTo = (target: string) => {
      rmSync(files.folder.resolve(FILE), { force: true });
      symlinkSync(target, files.folder.resolve(FILE));
    };
    for (const [target, value] of [
      ["a.json", 1],
      ["b.json", 2],
    ] as const) {
      linkTo(files.folder.resolve(target));
      assert.equal((await files.stateOf(source)).value, value);
      assert.equal((await files.stateOf(source)).value, value);
    }
    linkTo(outside.resolve("secret.json"));
    const { status, value, error } = await files.stateOf(source);
    outside.dispose();
    assert.deepEqual([status, value], ["stale", 2]);
    assert.match(error ?? "", /leads out of the workspace folder/);
  });

  it("reads a large file without holding up the event loop for its length", async () => {
    const pad = "x".repeat(20 * 1024 * 1024);
    files.folder.write({ [FILE]: `{"pad": "${pad}",\n"mrr": 1}` });
    let ticks = 0;
    let ticking = true;
    const tick = () => {
      ticks++;
      if (ticking) setImmediate(tick);
    };
    setImmediate(tick);
    const { state } = await files.sourceOf(files.revenueSnapshotFile).collect();
    ticking = false;
    const { value, line } = state.reading?.metrics.revenue ?? {};
    assert.deepEqual([value, line], [1, 2]);
    assert.ok(ticks > 50, `${ticks} ticks`);
  });

  it("refuses a file too large to be held", async () => {
    files.folder.write({ [FILE]: "" });
    truncateSync(files.folder.resolve(FILE), 65 * 1024 * 1024);
    assert.match(
      (await files.stateOf(files.sourceOf(files.revenueSnapshotFile))).error ?? "",
      /65 MB, more than the 64 MB/,
    );
  });

  it("counts the messages of a day however long their log is", async () => {
    const line = `${JSON.stringify({ timestamp: new Date().toISOString(), pad: "x".repeat(400) })}\n`;
    const [old, recent] = [line.replace(/"20\d\d-/, '"2019-'), line];
    files.folder.write({ [CHAT]: old.repeat(3_000) + recent.repeat(20_000) });
    assert.deepEqual((await files.stateOf(files.sourceOf(files.chatActivityFile))).value, 20_000);
  });

  it("counts a day's messages again once the clock is back that was ahead for a moment", async () => {
    const source = files.sourceOf(files.chatActivityFile);
    const { now } = Date;
    const past = now() - 60 * 60 * 1000;
    files.folder.write({ [CHAT]: `{"timestamp": ${past}}\n` });
    utimesSync(files.folder.resolve(CHAT), past / 1000, past / 1000);
    assert.equal((await files.stateOf(source)).value, 1);
    try {
      Date.now = () => now() + 48 * 60 * 60 * 1000;
      assert.equal((await files.stateOf(source)).value, 0);
    } finally {
      Date.now = now;
    }
    assert.equal((await files.stateOf(source)).value, 1);
  });

  it("waits for a log's last line to end, and takes it once the log has come to rest", async () => {
    const source = files.sourceOf(files.driveSyncLogFile);
    files.folder.write({ [LOG]: "2025-11-08T20:00:00 OK\n2025-11-08T21:00:00 ERR" });
    const { state, recheckInMs } = await source.collect();
    assert.equal(state.reading?.metrics.driveSync?.value, "OK");
    assert.ok(recheckInMs !== null && recheckInMs <= 2_000);
    appendFileSync(files.folder.resolve(LOG), "OR");
    const past = Date.now() / 1000 - 60;
    utimesSync(files.folder.resolve(LOG), past, past);
    assert.equal((await files.stateOf(source)).value, "ERROR");
  });

  it("takes a log's last line by its own clock where the stamp lies ahead, and waits for what is written on", async () => {
    const source = files.sourceOf(files.driveSyncLogFile);
    const ahead = Date.now() / 1000 + 2 * 60 * 60;
    const statusOf = async () => (await files.stateOf(source)).value;
    files.folder.write({ [LOG]: "2025-11-08T20:00:00 OK\n2025-11-08T21:00:00 ERR" });
    utimesSync(files.folder.resolve(LOG), ahead, ahead);
    assert.equal(await statusOf(), "OK");
    appendFileSync(files.folder.resolve(LOG), "OR");
    utimesSync(files.folder.resolve(LOG), ahead + 1, ahead + 1);
    const { state, recheckInMs } = await source.collect();
    assert.equal(state.reading?.metrics.driveSync?.value, "OK");
    assert.ok(recheckInMs !== null && recheckInMs <= 2_000);
    await waitFor(async () => (await statusOf()) === "ERROR");
  });

  it("takes a log's only line though it has no end", async () => {
    files.folder.write({ [LOG]: "2025-11-08T20:00:00 OK" });
    assert.equal((await files.stateOf(files.sourceOf(files.driveSyncLogFile))).value, "OK");
  });

  it("finds the last success far up a long log", async () => {
    const failures = "2025-11-09T20:00:00 ERROR disk full\n".repeat(20_000);
    files.folder.write({ [LOG]: `2025-11-08T20:00:00 OK\n${failures}` });
    const { state } = await files.sourceOf(files.driveSyncLogFile).collect();
    assert.deepEqual(
      [state.reading?.metrics.driveSync?.value, state.reading?.lastSync],
      ["ERROR", "2025-11-08T20:00:00"],
    );
  });
});
