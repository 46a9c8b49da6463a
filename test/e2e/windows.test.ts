import assert from "node:assert/strict";
import { io, type Socket } from "socket.io-client";
import type { Snapshot } from "../../src/protocol/snapshot.js";
import { Cli } from "../support/cli.js";
import { extensionHosts } from "../support/extensionHosts.js";
import { listens } from "../support/listener.js";
import { waitFor } from "../support/waitFor.js";
import { launchWorkbench, type Workbench } from "../support/workbench.js";

const FILE = "revenue_snapshot.json";
const PORT = 4890;
const SLOW = { timeout: 60_000 };

describe("several windows on one folder", () => {
  let cli: Cli;
  let first: Workbench;
  let second: Workbench;
  let owner: readonly number[];
  let socket: Socket;
  const updates: Snapshot[] = [];

  before(async () => {
    cli = new Cli();
    cli.folder.writeAtomically(FILE, '{"mrr": 1}');
    first = await launchWorkbench({
      folder: cli.folder.path,
      settings: { "fusion.server.port": PORT },
      env: { FUSION_STATE_DIR: cli.state.path },
    });
    await shows(first, "MRR $1");
    await waitFor(() => listens(PORT), { ...SLOW, message: "the first window's server" });
    owner = extensionHosts("FUSION_STATE_DIR", cli.state.path);
    second = await first.openWindow(cli.folder.path);
    await shows(second, "MRR $1");
    socket = io(`http://127.0.0.1:${PORT}`, {
      auth: { token: await cli.token() },
      reconnectionDelayMax: 200,
    });
    socket.on("fusionUpdate", (snapshot: Snapshot) => updates.push(snapshot));
    await waitFor(() => updates.length > 0, { message: "the first update" });
  });
  after(async () => {
    socket?.disconnect();
    await first?.close();
    await cli.dispose();
  });

  const shows = (window: Workbench, text: string) =>
    waitFor(async () => (await window.statusBarItem("fusion.status").text()).endsWith(text), {
      ...SLOW,
      message: text,
    });
  const panelOf = async (window: Workbench) => {
    await window.runCommand("Fusion: Open Command Center");
    const panel = await window.panel();
    await panel.locator('[data-testid="connection"][data-state="connected"]').waitFor(SLOW);
    return panel;
  };
  const intervalOf = async (window: Workbench) =>
    (await panelOf(window)).locator('[data-testid="interval"]').inputValue();

  it("have one stream and one server", async () => {
    assert.equal(owner.length, 1);
    for (const window of [first, second]) {
      await waitFor(
        async () => (await window.statusBarItem("fusion.status").tooltip()).includes(`127.0.0.1:${PORT}`),
        { ...SLOW, message: "the server's address" },
      );
    }
    assert.equal(await listens(PORT + 1), false);
    cli.folder.writeAtomically(FILE, '{"mrr": 2}');
    await shows(first, "MRR $2");
    await shows(second, "MRR $2");
  });

  it("show it in a panel each, and ask it for an update and another interval", async () => {
    const panel = await panelOf(second);
    await panel.locator('[data-metric="revenue"][data-value="2"]').waitFor();
    await panelOf(first);
    const { length } = updates;
    await second.runCommand("Fusion: Refresh Now");
    await waitFor(() => updates.length > length, { message: "the update that was asked for" });
    await panel.locator('[data-testid="interval"]').selectOption("7");
    await waitFor(async () => (await intervalOf(first)) === "7", SLOW);
    const trend = panel.locator('[data-metric="revenue"]');
    await trend.first().waitFor();
  });

  it("notify of an alert once, and show it in both", async () => {
    cli.folder.write({
      "fusion.json": '{"alerts": [{"metric": "revenue", "below": 2, "severity": "error"}]}',
    });
    cli.folder.writeAtomically(FILE, '{"mrr": 1}');
    const told = async () => {
      const all = await Promise.all([first.notifications(), second.notifications()]);
      return all.flat().filter((text) => /MRR is/.test(text)).length;
    };
    await waitFor(async () => (await told()) > 0, { ...SLOW, message: "the notification" });
    for (const window of [first, second]) {
      const item = window.statusBarItem("fusion.status");
      await waitFor(async () => /alert: MRR is/.test(await item.ariaLabel()), {
        ...SLOW,
        message: "the alert",
      });
    }
    assert.equal(await told(), 1);
  });

  it("go on when the owner is killed: at the same address, with the numbers, the alert and the interval", async () => {
    const before = updates.at(-1)?.sequence ?? 0;
    for (const pid of owner) process.kill(pid, "SIGKILL");
    const killed = performance.now();
    await waitFor(() => updates.some(({ sequence }) => sequence > before), {
      ...SLOW,
      interval: 100,
      message: "the next owner's update",
    });
    assert.ok(performance.now() - killed < 10_000);
    cli.folder.writeAtomically(FILE, '{"mrr": 1.5}');
    await waitFor(() => updates.at(-1)?.revenue === 1.5, SLOW);
    await shows(second, "MRR $1.50");
    const sequences = updates.map(({ sequence }) => sequence);
    assert.deepEqual(
      sequences,
      [...sequences].sort((a, b) => a - b),
    );
    assert.equal(await intervalOf(second), "7");
    const again = await second.notifications();
    assert.ok(again.filter((text) => /MRR is/.test(text)).length <= 1, "the alert held all along");
    // VS Code starts the first window's extensions anew: it is the client now.
    await shows(first, "MRR $1.50");
    assert.equal(await listens(PORT + 1), false);
  });

  it("and a process without VS Code share it, and take over from each other", async () => {
    const serving = await cli.serve("--port", String(PORT + 5));
    assert.equal(serving.url, `http://127.0.0.1:${PORT}`);
    for (const pid of extensionHosts("FUSION_STATE_DIR", cli.state.path)) process.kill(pid, "SIGKILL");
    await waitFor(() => serving.stdout.includes("🟢"), { ...SLOW, message: "the process' own stream" });
    cli.folder.writeAtomically(FILE, '{"mrr": 3}');
    await shows(first, "MRR $3");
    await shows(second, "MRR $3");
    await waitFor(() => updates.at(-1)?.revenue === 3, { ...SLOW, message: "the client's update" });
    await serving.kill();
    await waitFor(() => updates.at(-1)?.revenue === 3 && socket.connected, SLOW);
    cli.folder.writeAtomically(FILE, '{"mrr": 4}');
    await waitFor(() => updates.at(-1)?.revenue === 4, { ...SLOW, message: "a window's own stream again" });
    await shows(first, "MRR $4");
    await shows(second, "MRR $4");
  });

  it("serve at another port once it is set, also where one took the stream over with its address", async () => {
    assert.equal(await listens(PORT), true);
    cli.folder.write({ ".vscode/settings.json": JSON.stringify({ "fusion.server.port": PORT + 6 }) });
    await waitFor(() => listens(PORT + 6), { ...SLOW, message: "the port that was set" });
  });
});
