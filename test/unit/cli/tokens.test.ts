import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { io } from "socket.io-client";
import type { Refusal } from "../../../src/protocol/events.js";
import { Cli } from "../../support/cli.js";
import { send } from "../../support/servedStream.js";
import { waitFor } from "../../support/waitFor.js";

const REVENUE = { "data/revenue_snapshot.json": '{"mrr": 12450}' };

describe("fusion-stream's tokens", function () {
  // Each command is a process of its own.
  this.timeout(60_000);
  let cli: Cli;

  beforeEach(() => {
    cli = new Cli();
    cli.folder.write(REVENUE);
  });

  afterEach(() => cli.dispose());

  const run = (command: string, ...options: string[]) => cli.run(command, cli.folder.path, ...options);
  const list = async () => (await run("tokens")).stdout;
  const idOf = (token: string): string =>
    JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).jti;
  const kept = (): string =>
    readdirSync(cli.state.resolve("keys"))
      .map((file) => readFileSync(cli.state.resolve(`keys/${file}`), "utf8"))
      .join("\n");

  it("are listed with all but what would let anybody in", async () => {
    assert.equal(await list(), "There are no tokens.\n");
    const wall = await cli.token("--name", "Wall display", "--metrics", "revenue,memos");
    const plain = await cli.token("--scope", "control", "--expires", "1h");
    const text = await list();
    const [head, second, first, ...rest] = text.trimEnd().split("\n");
    assert.match(head ?? "", /^NAME +ID +SCOPE +METRICS +MADE +EXPIRES +LAST USED$/);
    const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d`;
    assert.match(
      first ?? "",
      new RegExp(`^Wall display +${idOf(wall)} +read +revenue,memos +${time} +${time} +never$`),
    );
    assert.match(
      second ?? "",
      new RegExp(`^Command line +${idOf(plain)} +control +all +${time} +${time} +never$`),
    );
    assert.deepEqual(rest, []);
    for (const token of [wall, plain]) {
      for (const part of [token, token.split(".")[2] ?? "none"]) {
        assert.ok(!text.includes(part));
        assert.ok(!kept().includes(part), "a token is kept nowhere");
      }
    }
  });

  it("end in a running server when they are revoked, whoever uses them", async () => {
    const serving = await cli.serve();
    const [wall, other] = [await cli.token("--name", "Wall"), await cli.token("--name", "Other")];
    const clients = [wall, other].map((token) =>
      io(serving.url, { auth: { token }, transports: ["websocket"], reconnection: false }),
    );
    const [doomed, spared] = clients;
    assert.ok(doomed && spared);
    try {
      await waitFor(() => doomed.connected && spared.connected);
      const reasons: unknown[] = [];
      doomed.on("fusionEnd", ({ error }: Refusal) => reasons.push(error));
      const { code, stdout } = await run("token", "--revoke", "Wall");
      assert.deepEqual([code, stdout], [0, "1 token was revoked.\n"]);
      await waitFor(() => !doomed.connected, { message: "the client of the revoked token to go" });
      assert.deepEqual(reasons, [{ code: "UNAUTHORIZED", message: "The token was revoked." }]);
      assert.ok(spared.connected);
      assert.equal(await statusOf(serving.port, wall), 401);
      assert.equal(await statusOf(serving.port, other), 200);
      await waitFor(async () => !/Other .*never/.test(await list()), {
        message: "the last use to be listed",
      });
      assert.match(await list(), /^Wall .* revoked /m);

      assert.equal((await run("token", "--revoke-all")).stdout, "All tokens were revoked.\n");
      await waitFor(() => !spared.connected, { message: "the other client to go" });
      assert.equal(await statusOf(serving.port, other), 401);
      assert.equal(await list(), "There are no tokens.\n");
      assert.equal(await statusOf(serving.port, await cli.token()), 200);
    } finally {
      for (const client of clients) client.disconnect();
    }
  });

  it("are revoked by name or id while no server runs, and stay so", async () => {
    const tokens = [await cli.token("--name", "CI"), await cli.token("--name", "CI"), await cli.token()];
    assert.equal((await run("token", "--revoke", "CI")).stdout, "2 tokens were revoked.\n");
    const again = await run("token", "--revoke", "CI");
    assert.equal(again.code, 1);
    assert.match(again.stderr, /No valid token has the name or the id "CI"/);
    const serving = await cli.serve();
    const statuses = await Promise.all(tokens.map((token) => statusOf(serving.port, token)));
    assert.deepEqual(statuses, [401, 401, 200]);
    await run("token", "--revoke", idOf(tokens[2] ?? ""));
    await waitFor(async () => (await statusOf(serving.port, tokens[2] ?? "")) === 401);
  });

  it("are all made when many are made at once", async () => {
    const names = ["a", "b", "c", "d"];
    await Promise.all(names.map((name) => run("token", "--name", name)));
    const text = await list();
    for (const name of names) assert.match(text, new RegExp(`^${name} `, "m"));
  });

  it("can be begun anew where their list is damaged", async () => {
    const token = await cli.token();
    const [file] = readdirSync(cli.state.resolve("keys"));
    writeFileSync(join(cli.state.resolve("keys"), String(file)), "{}");
    for (const command of ["token", "tokens", "serve"]) {
      const { code, stderr } = await run(command);
      assert.equal(code, 1);
      assert.match(stderr, /damaged.*--revoke-all/);
    }
    assert.equal((await run("token", "--revoke-all")).code, 0);
    const serving = await cli.serve();
    assert.equal(await statusOf(serving.port, token), 401);
    assert.equal(await statusOf(serving.port, await cli.token()), 200);
  });

  it("stand nowhere in what the server prints", async () => {
    const serving = await cli.serve();
    const token = await cli.token("--scope", "control");
    await statusOf(serving.port, token);
    await statusOf(serving.port, `${token}x`);
    await send({ port: serving.port, path: `/api/fusion/stream?token=${token}` });
    serving.signal("SIGTERM");
    await serving.ended;
    for (const part of token.split(".").slice(1)) assert.ok(!serving.stdout.includes(part));
    const { keys } = JSON.parse(
      kept()
        .split("\n")
        .find((text) => text.includes('"keys"')) ?? "{}",
    );
    assert.ok(!serving.stdout.includes(keys[0].secret));
  });
});

async function statusOf(port: number, token: string): Promise<number> {
  const headers = { Authorization: `Bearer ${token}` };
  return (await send({ port, path: "/api/fusion/stream", headers })).status;
}
