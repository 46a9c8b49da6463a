import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "../../src/core/history/schema.js";
import { HistoryFolder, observed } from "../support/historyFolder.js";
import { killWriters } from "../support/killedHistory.js";
import { waitFor } from "../support/waitFor.js";

/** The promise, of 200, is kept by `npm run soak -- killedHistory`. */
const KILLS = 40;
const BEGIN = Date.parse("2025-11-08T17:00:00Z");

describe("history's durability", () => {
  let place: HistoryFolder;

  beforeEach(() => {
    place = new HistoryFolder();
  });
  afterEach(() => place.dispose());

  it(`loses no acknowledged row in ${KILLS} kills`, async () => {
    assert.ok((await killWriters(place.file, KILLS)) >= KILLS);
  }).timeout(120_000);

  it("survives being killed in a migration", async () => {
    const child = spawn(process.execPath, [resolve("out/test/support/historyMigration.js"), place.file]);
    const [, signal] = await once(child, "close");
    assert.equal(signal, "SIGKILL");
    const history = place.history();
    await history.record(observed(BEGIN, { a: 1 }));
    assert.deepEqual((await history.query({ metric: "a", from: BEGIN, to: BEGIN })).points, [[BEGIN, 1]]);
    assert.deepEqual(place.troubles, []);
    await history.dispose();
    const database = new DatabaseSync(place.file);
    assert.equal(database.prepare("PRAGMA user_version").get()?.user_version, MIGRATIONS.length);
    database.close();
  });

  async function filled(): Promise<void> {
    const history = place.history();
    for (let n = 0; n < 300; n++) {
      await history.record(observed(BEGIN + n * 1_000, { a: n, b: `text ${n}`.repeat(20) }));
    }
    await history.dispose();
  }

  const damages: Record<string, (file: string) => void> = {
    "is garbage": (file) => writeFileSync(file, Buffer.alloc(20_000, "garbage")),
    "is truncated": (file) => truncateSync(file, 5_000),
    "has another header": (file) => overwrite(file, 0, "Not SQLite format"),
    "has garbage in the middle": (file) => overwrite(file, 4_096, "x".repeat(12_000)),
    "lacks its tables": (file) => {
      const database = new DatabaseSync(file);
      database.exec("DROP TABLE number_change");
      database.close();
    },
    "is another program's": (file) => {
      writeFileSync(file, "");
      const database = new DatabaseSync(file);
      database.exec("CREATE TABLE theirs (x)");
      database.close();
    },
  };
  for (const [what, damage] of Object.entries(damages)) {
    it(`sets a file aside that ${what}, and begins a new one`, async () => {
      await filled();
      damage(place.file);
      const damaged = readFileSync(place.file);
      const history = place.history();
      await history.record(observed(BEGIN, { a: 1 }));
      assert.equal((await history.stats()).rows, 1);
      assert.match(
        place.troubles.join(),
        /^The history was damaged\. It is kept as .*damaged-.*, and a new one begins\.$/,
      );
      const aside = readdirSync(place.folder.path).find((file) => /damaged-.*\.sqlite$/.test(file)) ?? "";
      assert.ok(readFileSync(place.folder.resolve(aside)).length === damaged.length);
    });
  }

  it("replaces a file that was damaged while it was in use", async () => {
    await filled();
    const history = place.history();
    assert.equal((await history.stats()).state, "stored");
    overwrite(place.file, 4_096, "x".repeat(60_000));
    await history.dispose();
    const again = place.history();
    await again.record(observed(BEGIN, { a: 1 }));
    assert.equal((await again.stats()).rows, 1);
  });

  it("leaves a newer version's file as it is, and uses one beside it each time", async () => {
    const newer = new DatabaseSync(place.file);
    newer.exec("CREATE TABLE future (x); PRAGMA application_id = 0x46555348; PRAGMA user_version = 99");
    newer.close();
    const bytes = readFileSync(place.file);
    for (let round = 1; round <= 2; round++) {
      const history = place.history();
      await history.record(observed(BEGIN + round * 1_000, { a: round }));
      assert.equal((await history.stats()).rows, round);
      await history.dispose();
    }
    const after = new DatabaseSync(place.file, { readOnly: true });
    assert.equal(after.prepare("PRAGMA user_version").get()?.user_version, 99);
    after.close();
    assert.equal(readFileSync(place.file).length >= bytes.length, true);
    assert.match(place.troubles[0] ?? "", /newer version of Fusion and stays as it is/);
    assert.equal(readdirSync(place.folder.path).filter((file) => /damaged/.test(file)).length, 0);
  });

  it("waits while another history holds the file, and takes over when that ends", async () => {
    const first = place.history();
    await first.record(observed(BEGIN, { a: 1 }));
    const second = place.history();
    const recorded = second.record(observed(BEGIN + 1_000, { a: 2 }));
    await waitFor(() => place.troubles.length > 0);
    assert.match(place.troubles[0] ?? "", /another process holds it/);
    assert.equal((await second.stats()).state, "waiting");
    await first.dispose();
    await recorded;
    assert.equal((await second.stats()).rows, 2);
  });

  it("begins anew when its folder is taken away under it", async () => {
    const history = new HistoryFolder(place.folder.resolve("deep/er/history.sqlite"));
    try {
      const kept = history.history();
      await kept.record(observed(BEGIN, { a: 1 }));
      place.folder.remove("deep");
      await kept.record(observed(BEGIN + 1_000, { a: 2 }));
      const copy = place.folder.resolve("copy.sqlite");
      await kept.dispose();
      copyFileSync(history.file, copy);
      const database = new DatabaseSync(copy);
      assert.equal(database.prepare("SELECT value FROM number_change").get()?.value, 2);
      database.close();
    } finally {
      await history.dispose();
    }
  });
});

function overwrite(file: string, offset: number, text: string): void {
  const bytes = readFileSync(file);
  bytes.write(text, Math.min(offset, bytes.length));
  writeFileSync(file, bytes);
}
