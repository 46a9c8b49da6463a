import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { Agent, createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { io } from "socket.io-client";
import type { Alert } from "../../../src/protocol/alerts.js";
import type { Snapshot } from "../../../src/protocol/snapshot.js";
import { Cli } from "../../support/cli.js";
import { dataOf, request } from "../../support/cliRequest.js";
import { isLowPortForbidden, LOW_PORT, withoutLowPorts } from "../../support/forbiddenPort.js";
import { GithubServer } from "../../support/githubServer.js";
import { GitRepository } from "../../support/gitRepository.js";
import { HangingGit } from "../../support/hangingGit.js";
import { send } from "../../support/servedStream.js";
import { waitFor } from "../../support/waitFor.js";

const ROUTE = "/api/fusion/stream";
const INTERVAL_ROUTE = "/api/fusion/emitter/interval";
const REVENUE = { "data/revenue_snapshot.json": '{"mrr": 12450}' };

describe("fusion-stream serve", () => {
  let cli: Cli;

  beforeEach(() => {
    cli = new Cli();
    cli.folder.write({ ...REVENUE, "data/memo_index.json": '{"total": 17}' });
  });

  afterEach(() => cli.dispose());

  it("prints its address alone on a line, and the log as VS Code's output channel shows it", async () => {
    const serving = await cli.serve("--interval", "3.5");
    assert.match(serving.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    await waitFor(() => serving.stdout.includes("└─ Data: 17 memos, $12450 MRR, Drive: n/a"));
    assert.match(serving.stdout, /^🟢 Fusion Data Stream Active – Interval: 3\.5 min\n/);
    assert.match(serving.stdout, /^📡 WebSocket server listening for connections\.\.\.$/m);
    assert.match(serving.stdout, /^📤 Fusion update emitted \[1\] at \d{4}-/m);
    assert.match(serving.stdout, /^ {3}└─ Connected clients: 0$/m);
  });

  it("lets pages in that it is told of, and says to others how", async () => {
    const serving = await cli.serve("--allow-origin", "http://localhost:5173");
    const token = await cli.token();
    const asked = (Origin: string) => request(serving, ROUTE, token, { headers: { Origin } });
    assert.equal((await asked("http://localhost:5173")).status, 200);
    assert.equal((await asked("http://localhost:3000")).status, 200);
    const refused = await asked("http://localhost:5174");
    assert.equal(refused.status, 403);
    assert.match(refused.text, /--allow-origin/);
  });

  it("says what is wrong in fusion.json, and where", async () => {
    cli.folder.write({ "fusion.json": '{\n  "metrics": { "drafts": { "file": "memos/*.md" } }\n}' });
    const serving = await cli.serve();
    await waitFor(() => /^❌ fusion\.json:2:\d+: This names many files\./m.test(serving.stdout));
  });

  it("writes what the data say on their own line, and nothing that a terminal would obey", async () => {
    const unit = "\u001b]0;x\u0007\nhttp://127.0.0.1:1\u009b2J\u2028";
    const revenue = { file: "data/revenue_snapshot.json", query: "mrr", unit };
    cli.folder.write({ "fusion.json": JSON.stringify({ metrics: { revenue } }) });
    const serving = await cli.serve();
    // On a busy machine the first update may come before the file is read.
    await waitFor(() => /└─ Data: .*12450 .* MRR, Drive: n\/a\n/s.test(serving.stdout));
    assert.match(serving.stdout, /12450 .*http:\/\/127\.0\.0\.1:1.* MRR/);
    assert.doesNotMatch(serving.stdout, /(?!\n)[\p{Cc}\u2028\u2029]/u);
    assert.equal(serving.stdout.split("\n").filter((line) => line.startsWith("http://")).length, 1);
  });

  it("tells a client when an alert of fusion.json begins to fire and when it ends, and not again after a restart", async () => {
    cli.folder.write({ "fusion.json": '{"alerts": [{"metric": "revenue", "below": 10000}]}' });
    const token = await cli.token();
    const first = await cli.serve();
    const { turns, lists, close } = alertsAt(first.url, token);
    await waitFor(() => lists.length > 0, { message: "the list on connection" });
    assert.deepEqual(lists[0], []);
    cli.folder.write({ "data/revenue_snapshot.json": '{"mrr": 9800}' });
    await waitFor(() => turns.length === 1, { message: "the alert" });
    assert.equal(turns[0]?.message, "MRR is $9,800, below $10,000.");
    close();
    first.signal("SIGTERM");
    assert.equal(await first.ended, 0);

    const second = await cli.serve();
    const after = alertsAt(second.url, token);
    await waitFor(() => after.lists.at(-1)?.[0]?.state === "firing", { message: "the list with what holds" });
    assert.equal(after.lists.at(-1)?.[0]?.since, turns[0]?.since);
    cli.folder.write({ "data/revenue_snapshot.json": '{"mrr": 12450}' });
    await waitFor(() => after.turns.length > 0, { message: "the end of the alert" });
    assert.deepEqual(
      after.turns.map(({ state }) => state),
      ["resolved"],
    );
    const answer = await request(second, "/api/fusion/alerts", token);
    assert.deepEqual(answer.json.data, after.turns);
    after.close();
  });

  it("serves the stream to the holder of a token, and to nobody else", async () => {
    const serving = await cli.serve();
    const token = await cli.token();
    const stream = await waitFor(() => request(serving, ROUTE, token));
    assert.equal(stream.status, 200);
    await waitFor(async () => dataOf(await request(serving, ROUTE, token)).revenue === 12_450);
    const stranger = new Cli();
    try {
      const foreign = (await stranger.run("token", cli.folder.path)).stdout.trim();
      for (const bad of [null, foreign, `${token}x`]) {
        assert.equal((await request(serving, ROUTE, bad)).status, 401);
      }
    } finally {
      await stranger.dispose();
    }
  });

  it("honours a token's scope, metrics and expiry", async () => {
    const serving = await cli.serve();
    const [reader, narrow, controller] = await Promise.all([
      cli.token(),
      cli.token("--metrics", "revenue", "--expires", "12h"),
      cli.token("--scope", "control"),
    ]);
    const interval = { method: "POST", body: '{"minutes":3}' };
    assert.equal((await request(serving, INTERVAL_ROUTE, reader, interval)).status, 403);
    assert.equal((await request(serving, INTERVAL_ROUTE, controller, interval)).status, 200);
    const data = await waitFor(async () => dataOf(await request(serving, ROUTE, narrow)));
    assert.deepEqual(Object.keys(data.metrics), ["revenue"]);
    assert.equal(data.memos, undefined);
    const { exp, iat } = JSON.parse(Buffer.from(narrow.split(".")[1] ?? "", "base64url").toString());
    assert.equal(exp - iat, 12 * 3_600);
  });

  it("sends a change of a file to a connected client", async () => {
    const serving = await cli.serve();
    const client = io(serving.url, { auth: { token: await cli.token() }, transports: ["websocket"] });
    try {
      const seen: (number | null)[] = [];
      client.on("fusionUpdate", ({ revenue }: Snapshot) => seen.push(revenue));
      await waitFor(() => seen.includes(12_450));
      cli.folder.writeAtomically("data/revenue_snapshot.json", '{"mrr": 13000}');
      await waitFor(() => seen.includes(13_000));
    } finally {
      client.disconnect();
    }
  });

  it("takes the next port where the wanted one is taken, and says so", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const { port } = holder.address() as AddressInfo;
    try {
      const serving = await cli.serve("--port", String(port));
      assert.notEqual(serving.port, port);
      assert.match(serving.stdout, new RegExp(`Port ${port} is not free`));
    } finally {
      holder.close();
    }
  });

  it("takes a port that is allowed where the wanted one is forbidden, and says why", async () => {
    const forbidden = isLowPortForbidden();
    const ordinary = new Cli({}, forbidden ? withoutLowPorts() : []);
    try {
      const { port, stdout } = await ordinary.serve("--port", String(LOW_PORT));
      const told = `Port ${LOW_PORT} is forbidden to this account: listening on ${port} instead.`;
      assert.equal(stdout.includes(told), forbidden);
      assert.equal((await send({ port, path: ROUTE })).status, 401);
    } finally {
      await ordinary.dispose();
    }
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`ends within 2 s on ${signal}, with code 0 and its port free, whoever is connected`, async () => {
      const serving = await cli.serve();
      const { port } = serving;
      const silent = connect(port, "127.0.0.1").on("error", () => undefined);
      const client = io(serving.url, { auth: { token: await cli.token() }, reconnection: false });
      try {
        await waitFor(() => client.connected && silent.readyState === "open");
        const begin = performance.now();
        serving.signal(signal);
        assert.equal(await serving.ended, 0);
        assert.ok(performance.now() - begin < 2_000);
        const next = createServer().listen(port, "127.0.0.1");
        await once(next, "listening");
        next.close();
      } finally {
        client.disconnect();
        silent.destroy();
      }
    });
  }

  it("leaves no git behind that hangs", async () => {
    const git = new HangingGit();
    const asking = new Cli(git.env, [], new GitRepository());
    try {
      const serving = await asking.serve();
      await waitFor(() => git.running().length > 0, { message: "a git that hangs" });
      serving.signal("SIGTERM");
      assert.equal(await serving.ended, 0);
      await waitFor(() => git.running().length === 0, { timeout: 2_000, message: "the end of git" });
    } finally {
      await asking.dispose();
      git.dispose();
    }
  });

  it("takes Socket.IO clients after a time without a file handle, in which the first of them came", async () => {
    const serving = await cli.serve();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const limit = (handles: string) =>
      execFileSync("prlimit", ["--pid", `${serving.pid}`, `--nofile=${handles}:`]);
    const path = "/socket.io/?EIO=4&transport=polling";
    const ask = (to: string) => send({ port: serving.port, path: to, agent });
    const client = io(serving.url, { auth: { token: await cli.token() }, autoConnect: false });
    try {
      assert.equal((await ask(ROUTE)).status, 401, "which leaves the connection open");
      limit("3");
      const refused = await ask(path);
      limit("1024");
      assert.deepEqual([refused.status, refused.json.error.code], [503, "UNAVAILABLE"]);
      assert.ok(refused.headers["retry-after"]);
      client.connect();
      await waitFor(() => client.connected);
    } finally {
      client.disconnect();
      agent.destroy();
    }
  });

  it("goes on where nobody reads its output any more", async () => {
    const serving = await cli.serve();
    const token = await cli.token("--scope", "refresh");
    serving.closeStdout();
    for (const revenue of [1, 2]) {
      cli.folder.writeAtomically("data/revenue_snapshot.json", `{"mrr": ${revenue}}`);
      await waitFor(async () => dataOf(await request(serving, ROUTE, token)).revenue === revenue);
    }
  });

  it("serves a folder by whichever name, under one key", async () => {
    cli.folder.write({ "sub/keep": "" });
    const serving = await cli.serve();
    const { stdout } = await cli.run("token", cli.folder.resolve("sub/.."));
    const response = await waitFor(() => request(serving, ROUTE, stdout.trim()));
    assert.notEqual(response.status, 401);
  });

  it("counts the commits of a private repository on GitHub with the token of its environment", async () => {
    const github = await GithubServer.start();
    const signedIn = new Cli({ GITHUB_API_URL: github.url, GITHUB_TOKEN: "ghp_secret\n" });
    try {
      github.private = true;
      github.token = "ghp_secret";
      github.push(Date.now(), Date.now());
      execFileSync("git", ["init", "--quiet"], { cwd: signedIn.folder.path });
      const origin = ["remote", "add", "origin", "git@127.0.0.1:acme/widgets.git"];
      execFileSync("git", origin, { cwd: signedIn.folder.path });
      signedIn.folder.write({ "fusion.json": '{"metrics":{"commits":{"git":{"remote":"origin"}}}}' });
      const serving = await signedIn.serve();
      const token = await signedIn.token();
      await waitFor(async () => dataOf(await request(serving, ROUTE, token)).metrics?.commits?.value === 2);
      assert.ok(!serving.stdout.includes("ghp_secret"));
    } finally {
      await signedIn.dispose();
      await github.stop();
    }
  });

  it("ends with code 1 where there is no such folder", async () => {
    for (const [folder, reason] of [
      [cli.folder.resolve("nowhere"), /no such folder/],
      [cli.folder.resolve("data/memo_index.json"), /is not a folder/],
    ] as const) {
      for (const command of ["serve", "token"]) {
        const { code, stdout, stderr } = await cli.run(command, folder);
        assert.equal(code, 1);
        assert.equal(stdout, "");
        assert.match(stderr, reason);
      }
    }
  });
});

/** What a Socket.IO client is told of alerts. */
function alertsAt(url: string, token: string) {
  const client = io(url, { auth: { token } });
  const turns: Alert[] = [];
  const lists: (readonly Alert[])[] = [];
  client.on("fusionAlert", (turn: Alert) => turns.push(turn));
  client.on("fusionAlerts", (list: readonly Alert[]) => lists.push(list));
  return { turns, lists, close: () => client.disconnect() };
}
