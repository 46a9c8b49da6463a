import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import type { HistorySeries } from "../../src/protocol/history.js";
import type { Snapshot } from "../../src/protocol/snapshot.js";
import { Cli, type ServingCli } from "../support/cli.js";
import { send } from "../support/servedStream.js";
import { waitFor } from "../support/waitFor.js";

const FILE = "revenue_snapshot.json";

describe("the history of a folder that several processes serve", () => {
  let cli: Cli;
  let token: string;

  beforeEach(async () => {
    cli = new Cli();
    cli.folder.write({ [FILE]: '{"mrr": 1}' });
    token = await cli.token();
  });
  afterEach(() => cli.dispose());

  const get = async <T>({ port }: ServingCli, path: string): Promise<T> => {
    const headers = { Authorization: `Bearer ${token}` };
    return (await send({ port, path: `/api/fusion/${path}`, headers })).json.data as T;
  };
  const values = async (serving: ServingCli): Promise<unknown[]> => {
    const { points } = await get<HistorySeries>(serving, "history?metric=revenue");
    return points.map(([, value]) => value);
  };
  /** Writes a revenue that the history then ends with. */
  const records = async (serving: ServingCli, revenue: number) => {
    cli.folder.writeAtomically(FILE, `{"mrr": ${revenue}}`);
    await waitFor(async () => (await get<Snapshot>(serving, "stream")).revenue === revenue);
    await waitFor(async () => (await values(serving)).at(-1) === revenue, { timeout: 30_000 });
  };

  for (const signal of ["SIGKILL", "SIGTERM"] as const) {
    it(`is written by one, and gone on with by the next after ${signal}: every change once`, async () => {
      const first = await cli.serve();
      await records(first, 1);
      await records(first, 2);
      const second = await cli.serve();
      await records(first, 3);
      first.signal(signal);
      await first.ended;
      await waitFor(() => second.stdout.includes("🟢"), { message: "the second one's own stream" });
      await records(second, 4);
      const known = (await values(second)).filter((value) => value !== null);
      assert.deepEqual(known, [1, 2, 3, 4]);
      assert.ok(!/damaged|locked|waiting/.test(second.stdout), second.stdout);
      const databases = readdirSync(cli.state.path).filter((name) => /^history-.*sqlite$/.test(name));
      assert.equal(databases.length, 1);
    });
  }
});
