import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { WRITER_BEGIN } from "./historyFolder.js";

/**
 * Kills a writer of history again and again, each time after another number of acknowledged observations, and looks after
 * each kill that the database opens sound and holds every acknowledged row.
 * @param file of the database
 * @returns how many rows were acknowledged in all
 */
export async function killWriters(file: string, kills: number): Promise<number> {
  const { DatabaseSync } = await import("node:sqlite");
  let next = 0;
  let acknowledged = 0;
  for (let kill = 0; kill < kills; kill++) {
    const last = await killedWriter(file, next, 1 + ((kill * 7) % 23));
    const database = new DatabaseSync(file);
    assert.equal(database.prepare("PRAGMA quick_check").get()?.quick_check, "ok");
    const kept = database.prepare(
      `SELECT count(*) AS count FROM number_change AS number JOIN other_change AS text ON number.at = text.at
       JOIN metric AS m ON m.id = number.metric AND m.name = 'n'
       WHERE number.at = ? + number.value * 1000 AND text.value = 'number ' || CAST(number.value AS INTEGER)
       AND number.value BETWEEN ? AND ?`,
    );
    assert.equal(kept.get(WRITER_BEGIN, next, last)?.count, last - next + 1, `after kill ${kill}`);
    database.close();
    acknowledged += last - next + 1;
    next = last + 1_000;
  }
  return acknowledged;
}

/** The last number acknowledged by a writer that is killed when so many were. */
async function killedWriter(file: string, first: number, acknowledgements: number): Promise<number> {
  const script = resolve("out/test/support/historyWriter.js");
  const child = spawn(process.execPath, [script, file, String(first)]);
  let printed = "";
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  child.stdout.on("data", (text) => {
    printed += text;
    if (printed.split("\n").length > acknowledgements) child.kill("SIGKILL");
  });
  await once(child, "close");
  assert.equal(errors, "");
  return Number(printed.trimEnd().split("\n").at(-1));
}
