import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { io, type Socket } from "socket.io-client";
import type { Snapshot } from "../../../src/protocol/snapshot.js";
import { Cli, type ServingCli } from "../../support/cli.js";
import { waitFor } from "../../support/waitFor.js";

const FILE = "revenue_snapshot.json";

describe("several fusion-stream serve on one folder", () => {
  let cli: Cli;
  let sockets: Socket[];

  beforeEach(() => {
    cli = new Cli();
    cli.folder.writeAtomically(FILE, '{"mrr": 1}');
    sockets = [];
  });
  afterEach(async () => {
    for (const socket of sockets) socket.disconnect();
    await cli.dispose();
  });

  /** A program that finds the stream again by itself. */
  const program = async (serving: ServingCli): Promise<Snapshot[]> => {
    const updates: Snapshot[] = [];
    const options = { auth: { token: await cli.token() }, reconnectionDelay: 50, reconnectionDelayMax: 50 };
    const socket = io(serving.url, options);
    sockets.push(socket);
    socket.on("fusionUpdate", (snapshot: Snapshot) => updates.push(snapshot));
    return updates;
  };
  const shows = (updates: readonly Snapshot[], revenue: number) =>
    waitFor(() => updates.find((snapshot) => snapshot.revenue === revenue), { message: `${revenue}` });
  const own = (serving: ServingCli) => serving.stdout.includes("🟢 Fusion Data Stream Active");
  const socketFiles = () => readdirSync(cli.state.resolve("run"));

  it("have one stream: the second tells where the first serves it", async () => {
    const first = await cli.serve();
    const second = await cli.serve("--port", "4999");
    assert.equal(second.url, first.url);
    assert.ok(!own(second));
    assert.match(second.stdout, /Another process has the stream of this folder/);
    const updates = await program(second);
    cli.folder.writeAtomically(FILE, '{"mrr": 2}');
    await shows(updates, 2);
    assert.ok(!second.stdout.includes("📤"), "nothing is collected twice");
  });

  for (const signal of ["SIGKILL", "SIGTERM"] as const) {
    it(`take over within 10 s of ${signal}, where the address and its tokens stay good`, async () => {
      const first = await cli.serve();
      const second = await cli.serve();
      const updates = await program(first);
      cli.folder.writeAtomically(FILE, '{"mrr": 2}');
      const before = await shows(updates, 2);
      first.signal(signal);
      await first.ended;
      const ended = performance.now();
      await waitFor(() => own(second), { message: "the second one's own stream" });
      assert.ok(performance.now() - ended < 10_000);
      await waitFor(() => updates.some((next) => next.sequence > before.sequence && next.revenue === 2), {
        message: "the same value by the next owner",
      });
      cli.folder.writeAtomically(FILE, '{"mrr": 3}');
      await shows(updates, 3);
      assert.equal(second.url, first.url);
      const sequences = updates.map(({ sequence }) => sequence);
      assert.deepEqual(
        sequences,
        [...sequences].sort((a, b) => a - b),
      );
    });
  }

  it("are one owner and his clients where they start at once, and again when the owner is killed", async () => {
    const all = await Promise.all([cli.serve(), cli.serve(), cli.serve(), cli.serve()]);
    for (let left: ServingCli[] = all; left.length > 1; ) {
      await waitFor(() => left.some(own), { message: "an owner" });
      assert.equal(left.filter(own).length, 1);
      const owner = left.find(own) as ServingCli;
      assert.equal(new Set(left.map(({ url }) => url)).size, 1);
      await owner.kill();
      left = left.filter((serving) => serving !== owner);
    }
  });

  it("are not kept from serving by what a killed one left behind", async () => {
    const first = await cli.serve();
    await first.kill();
    assert.equal(socketFiles().length, 1);
    const second = await cli.serve();
    assert.ok(own(second));
    assert.equal(socketFiles().length, 1, "what was left is cleared away");
    second.signal("SIGTERM");
    assert.equal(await second.ended, 0);
    assert.deepEqual(socketFiles(), []);
  });

  it("do not take a halted owner's place before it has ended", async () => {
    const first = await cli.serve();
    const second = await cli.serve();
    first.signal("SIGSTOP");
    await waitFor(() => second.stdout.includes("It does not answer."), {
      timeout: 20_000,
      message: "the word",
    });
    const third = await cli.start();
    await waitFor(() => third.stdout.includes("does not answer."), { timeout: 20_000, message: "the word" });
    assert.ok(!own(second) && !own(third));
    first.signal("SIGCONT");
    await waitFor(() => second.stdout.includes("It answers again.") && third.url === first.url, {
      timeout: 20_000,
      message: "the owner's answer",
    });
    first.signal("SIGSTOP");
    await first.kill();
    await waitFor(() => own(second) || own(third), { message: "a new owner" });
    assert.notEqual(own(second), own(third));
  }).timeout(60_000);

  it("on two folders each have a port of their own", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const port = String((holder.address() as AddressInfo).port);
    const other = new Cli({ FUSION_STATE_DIR: cli.state.path });
    try {
      const first = await cli.serve("--port", port);
      const second = await other.serve("--port", port);
      assert.ok(own(first) && own(second));
      assert.equal(new Set([Number(port), first.port, second.port]).size, 3);
    } finally {
      await other.dispose();
      holder.close();
    }
  });
});
