/** Dies in the middle of the last migration: `node out/test/support/historyMigration.js history.sqlite`. */
import { MIGRATIONS, migrate } from "../../src/core/history/schema.js";

const [, , file] = process.argv;
if (file) void die(file);

async function die(path: string): Promise<void> {
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL");
  database.function("die", () => {
    process.kill(process.pid, "SIGKILL");
    return null;
  });
  const last = MIGRATIONS.at(-1) ?? "";
  migrate(database, [...MIGRATIONS.slice(0, -1), `${last}; SELECT die();`]);
}
