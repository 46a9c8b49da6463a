import assert from "node:assert/strict";
import { watch } from "node:fs";
import { systemClock } from "../../../src/core/clock.js";
import { FolderWatcher } from "../../../src/core/sources/folderWatcher.js";
import { GuardedReader } from "../../../src/core/sources/guardedReader.js";
import { FusionStream } from "../../../src/core/stream.js";
import type { Snapshot } from "../../../src/protocol/snapshot.js";
import { folderSource } from "../../support/folderStream.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";

describe("a system that has no watches left", () => {
  let folder: TemporaryFolder;
  let refuses: boolean;
  let watcher: FolderWatcher;

  beforeEach(() => {
    folder = new TemporaryFolder();
    refuses = true;
    // As Linux does where `fs.inotify.max_user_watches` are used up.
    const refusing = (...args: Parameters<typeof watch>) => {
      if (refuses) throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
      return watch(...args);
    };
    watcher = new FolderWatcher(folder.path, () => false, refusing as typeof watch);
  });
  afterEach(() => folder.dispose());

  it("costs no change: the stream looks for itself, and has nothing to complain of", async function () {
    this.timeout(30_000);
    folder.write({
      "data/revenue_snapshot.json": '{"mrr": 1}',
      "n.log": "n=1\n",
      "fusion.json": JSON.stringify({ metrics: { log: { file: "n.log", match: "n=(\\d+)" } } }),
    });
    const stream = new FusionStream({ clock: systemClock, log: () => undefined });
    const emitted: Snapshot[] = [];
    stream.onSnapshot((snapshot) => emitted.push(snapshot));
    const reader = new GuardedReader(folder.path);
    stream.follow(
      folderSource(folder.path, systemClock, undefined, { folder: { path: folder.path, reader, watcher } }),
    );
    const shows = (value: number | null) =>
      waitFor(() => ["revenue", "log"].every((id) => stream.latest?.metrics[id]?.value === value));
    try {
      await shows(1);
      assert.equal(watcher.complete, false);
      folder.writeAtomically("data/revenue_snapshot.json", '{"mrr": 2}');
      folder.write({ "n.log": "n=1\nn=2\n" });
      await shows(2);
      folder.remove("data");
      folder.remove("n.log");
      await shows(null);
      const errors = emitted.flatMap(({ metrics }) =>
        [metrics.revenue, metrics.log].flatMap((metric) => metric?.error ?? []),
      );
      assert.deepEqual(
        errors.filter((error) => !/ was not found\.$|is being read/.test(error)),
        [],
      );
    } finally {
      stream.dispose();
    }
  });

  it("is asked again, and heard when it has some", async () => {
    folder.write({ "data/a.json": "1" });
    let changes = 0;
    watcher.onChange(() => changes++);
    watcher.watch(["data/a.json"]);
    assert.equal(watcher.complete, false);
    refuses = false;
    watcher.watch(["data/a.json"]);
    await waitFor(() => watcher.complete);
    const before = changes;
    folder.write({ "data/a.json": "2" });
    await waitFor(() => changes > before);
    watcher.dispose();
  });
});
