/** How long the headless server takes to come back from what it must survive. Each fault is caused for real, some times over. */
import { closeSync, openSync, readdirSync, statSync, writeSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { HistorySeries } from "../../src/protocol/history.js";
import { note } from "../bench/figures.js";
import { benchmark } from "../bench/support/benchmark.js";
import { Cli, type ServingCli } from "../support/cli.js";
import { send } from "../support/servedStream.js";
import { waitFor } from "../support/waitFor.js";

const FILE = "revenue_snapshot.json";
const MEGABYTE = 1024 * 1024;
const ROUNDS = 10;
/** So many that the file is large, and still one that is read as a whole when it is opened: the slowest case. */
const CHANGES = 11_000_000;
/** Where in the file the damage is, as a part of its length: met after all before it was read. */
const DAMAGED_AT = 0.98;
/** For what is held to less than this (ms), so that a late one is told, and by how much. */
const PATIENCE = { timeout: 120_000, interval: 10 };

async function damagedHistory(): Promise<void> {
  await withServer(async (cli, shown) => {
    const file = cli.state.resolve(await keptHistory(cli, shown));
    fill(file);
    damage(file);
    const size = statSync(file).size / MEGABYTE;
    const begun = performance.now();
    const second = await cli.serve();
    await shown.live(second, 1);
    const live = performance.now() - begun;
    await shown.inHistory(second, 1);
    note({ name: "live beside a damaged history", value: live, unit: "ms", bound: 5_000 });
    note({ name: "recorded anew", value: performance.now() - begun, unit: "ms", bound: 5_000 });
    const aside = readdirSync(cli.state.path).filter((name) => /damaged-.*\.sqlite$/.test(name));
    const kept = aside.map((name) => statSync(cli.state.resolve(name)).size / MEGABYTE);
    note({ name: "of the damaged file, lost", value: size - Math.max(0, ...kept), unit: "MB", bound: 0 });
    note({ name: "size of the damaged file", value: size, unit: "MB", bound: null });
  });
}

async function killedOwner(): Promise<void> {
  await withServer(async (cli, shown) => {
    let slowest = 0;
    let owner = await cli.serve();
    for (let round = 2; round < 2 + ROUNDS; round += 1) {
      const next = await cli.serve();
      cli.folder.writeAtomically(FILE, `{"mrr": ${round}}`);
      await shown.inHistory(owner, round);
      const killed = performance.now();
      await owner.kill();
      cli.folder.writeAtomically(FILE, `{"mrr": ${-round}}`);
      await shown.live(next, -round);
      await shown.inHistory(next, -round);
      slowest = Math.max(slowest, performance.now() - killed);
      owner = next;
    }
    note({ name: `slowest takeover of ${ROUNDS}`, value: slowest, unit: "ms", bound: 10_000 });
  });
}

async function storageBack(): Promise<void> {
  await withServer(async (cli, shown) => {
    const file = await keptHistory(cli, shown);
    cli.state.remove(file);
    cli.state.write({ [`${file}/in the way`]: "" });
    const second = await cli.serve();
    await waitFor(() => second.stdout.includes("cannot be kept"), PATIENCE);
    cli.folder.writeAtomically(FILE, '{"mrr": 2}');
    await shown.live(second, 2);
    const back = performance.now();
    cli.state.remove(file);
    await shown.inHistory(second, 2);
    const value = performance.now() - back;
    note({ name: "history after its storage is back", value, unit: "ms", bound: 30_000 });
  });
}

/** Waits for a revenue at a server. */
class Shown {
  constructor(private readonly token: string) {}

  async live(serving: ServingCli, revenue: number): Promise<void> {
    await waitFor(async () => (await this.ask<Revenue>(serving, "stream")).revenue === revenue, PATIENCE);
  }

  async inHistory(serving: ServingCli, revenue: number): Promise<void> {
    const last = async () => (await this.ask<HistorySeries>(serving, "history?metric=revenue")).points.at(-1);
    await waitFor(async () => (await last())?.[1] === revenue, PATIENCE);
  }

  private async ask<T>({ port }: ServingCli, path: string): Promise<T> {
    const headers = { Authorization: `Bearer ${this.token}` };
    return (await send({ port, path: `/api/fusion/${path}`, headers })).json.data as T;
  }
}

interface Revenue {
  readonly revenue: number | null;
}

async function withServer(measure: (cli: Cli, shown: Shown) => Promise<void>): Promise<void> {
  const cli = new Cli();
  try {
    cli.folder.writeAtomically(FILE, '{"mrr": 1}');
    await measure(cli, new Shown(await cli.token()));
  } finally {
    await cli.dispose();
  }
}

/** The name of the history that a server has kept of the folder by the time it ends. */
async function keptHistory(cli: Cli, shown: Shown): Promise<string> {
  const serving = await cli.serve();
  await shown.inHistory(serving, 1);
  serving.signal("SIGTERM");
  await serving.ended;
  const file = readdirSync(cli.state.path).find((name) => /^history-\w+\.sqlite$/.test(name));
  if (file === undefined) throw new Error("There is no history");
  return file;
}

function fill(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`INSERT INTO metric (id, name) VALUES (1000, 'filler');
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${CHANGES})
    INSERT INTO number_change SELECT 1000, i, (i * 7919) % 10007 FROM n`);
  database.close();
}

function damage(file: string): void {
  const opened = openSync(file, "r+");
  const garbage = Buffer.alloc(64 * 1024, "garbage");
  writeSync(opened, garbage, 0, garbage.length, Math.floor(statSync(file).size * DAMAGED_AT));
  closeSync(opened);
}

benchmark({
  "live beside a damaged history": damagedHistory,
  "taken over from a killed owner": killedOwner,
  "history after its storage is back": storageBack,
});
