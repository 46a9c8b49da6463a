import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import type { HistorySeries } from "../../src/protocol/history.js";
import { Cli, type ServingCli } from "../support/cli.js";
import { send } from "../support/servedStream.js";
import { waitFor } from "../support/waitFor.js";

describe("history of fusion-stream serve", () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
    cli.folder.write({ "data/revenue_snapshot.json": '{"mrr": 1}' });
  });
  afterEach(() => cli.dispose());

  const values = async ({ port }: ServingCli, token: string) => {
    const headers = { Authorization: `Bearer ${token}` };
    const { json } = await send({ port, path: "/api/fusion/history?metric=revenue", headers });
    return (json.data as HistorySeries | undefined)?.points.map(([, value]) => value) ?? [];
  };
  const seen = (serving: ServingCli, token: string, value: number) =>
    waitFor(async () => (await values(serving, token)).includes(value), { message: `the value ${value}` });

  it("is there again after the process was told to end, and goes on", async () => {
    const token = await cli.token();
    const first = await cli.serve();
    await seen(first, token, 1);
    cli.folder.writeAtomically("data/revenue_snapshot.json", '{"mrr": 2}');
    await seen(first, token, 2);
    first.signal("SIGTERM");
    assert.equal(await first.ended, 0);
    assert.equal(readdirSync(cli.state.path).filter((name) => /^history-\w+\.sqlite$/.test(name)).length, 1);
    cli.folder.writeAtomically("data/revenue_snapshot.json", '{"mrr": 3}');
    const second = await cli.serve();
    await seen(second, token, 3);
    assert.deepEqual(
      (await values(second, token)).filter((value) => value !== null),
      [1, 2, 3],
    );
  });

  it("commits a snapshot that was emitted just before the end", async () => {
    const token = await cli.token();
    const first = await cli.serve();
    await waitFor(() => first.stdout.includes("emitted [1]"));
    first.signal("SIGTERM");
    assert.equal(await first.ended, 0);
    cli.folder.remove("data/revenue_snapshot.json");
    await seen(await cli.serve(), token, 1);
  });

  it("is waited for, and the stream goes on, where its file cannot be opened", async () => {
    const token = await cli.token();
    const first = await cli.serve();
    await seen(first, token, 1);
    first.signal("SIGTERM");
    assert.equal(await first.ended, 0);
    const file = readdirSync(cli.state.path).find((name) => /^history-\w+\.sqlite$/.test(name)) ?? "";
    cli.state.remove(file);
    cli.state.write({ [`${file}/in the way`]: "" });
    const second = await cli.serve();
    await waitFor(() => second.stdout.includes("cannot be kept"), { message: "word of the history" });
    cli.folder.writeAtomically("data/revenue_snapshot.json", '{"mrr": 2}');
    await waitFor(() => /emitted \[2\]/.test(second.stdout), { message: "the change" });
    cli.state.remove(file);
    await seen(second, token, 2);
    assert.equal(second.stdout.split("cannot be kept").length, 2, "it is said once");
  });
});
