import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listens } from "../support/listener.js";
import { type SampleWorkspace, sampleWorkspace } from "../support/sampleWorkspace.js";
import { waitFor } from "../support/waitFor.js";
import { launchWorkbench, type Workbench, type WorkbenchOptions } from "../support/workbench.js";

describe("workspaces", () => {
  let workbench: Workbench | null;
  let root: string;
  let samples: SampleWorkspace[];

  beforeEach(() => {
    workbench = null;
    samples = [];
    root = realpathSync(mkdtempSync(join(tmpdir(), "fusion-e2e-")));
  });
  afterEach(async () => {
    await workbench?.close();
    for (const sample of samples) await sample.remove();
    rmSync(root, { recursive: true, force: true });
  });

  const launch = async (options: WorkbenchOptions) => {
    workbench = await launchWorkbench(options);
    return workbench;
  };
  const newSample = async () => {
    const sample = await sampleWorkspace();
    samples.push(sample);
    return sample.folder;
  };
  const panelOf = async (opened: Workbench) => {
    await opened.runCommand("Fusion: Open Command Center");
    return opened.panel();
  };

  it("without a folder: the panel offers one, and the sample, and nothing is served", async () => {
    const port = 4875;
    const opened = await launch({ settings: { "fusion.server.port": port } });
    const panel = await panelOf(opened);
    await panel.getByRole("button", { name: "Open sample workspace" }).waitFor();
    await panel.getByRole("button", { name: "Open a folder" }).waitFor();
    assert.equal(await panel.locator('[data-testid="card"]').count(), 0);
    const status = opened.statusBarItem("fusion.status");
    assert.equal(await status.text(), "Fusion");
    assert.match(await status.tooltip(), /^Fusion · no folder is open\s+Refresh/);
    await opened.runCommand("Fusion: Manage Client Tokens…");
    await opened.notification("Open a folder first").waitFor();
    assert.equal(await listens(port), false);
  });

  it("without data: the panel says which files it looks for, and goes live when one appears", async () => {
    const opened = await launch({ folder: root });
    const panel = await panelOf(opened);
    await panel.getByText("memo_index.json").first().waitFor();
    await panel.getByText("drive_sync.log").first().waitFor();
    await panel.getByRole("button", { name: "Open sample workspace" }).waitFor();
    writeFileSync(join(root, "revenue_snapshot.json"), '{"mrr": 7}');
    await panel.locator('[data-metric="revenue"][data-value="7"]').waitFor();
    await waitFor(async () => (await opened.statusBarItem("fusion.status").text()) === "MRR $7");
  });

  it("with the sample from the palette: opens a copy of it", async () => {
    const opened = await launch({});
    await opened.runCommand("Fusion: Open Sample Workspace");
    const panel = await opened.panel(60_000);
    await panel.locator('[data-metric="revenue"][data-value="12450"]').waitFor();
  });

  it("with several folders: takes the first with data, and switches to another", async () => {
    const [first, second] = [await newSample(), await newSample()];
    writeFileSync(join(second, "revenue_snapshot.json"), '{"mrr": 99}');
    const file = join(root, "several.code-workspace");
    const folders = [
      { path: root, name: "Nothing" },
      { path: first, name: "First" },
      { path: second, name: "Second" },
    ];
    writeFileSync(file, JSON.stringify({ folders }));
    const opened = await launch({ workspace: file });
    const panel = await panelOf(opened);
    await panel.locator('[data-metric="revenue"][data-value="12450"]').waitFor();
    await panel.locator('[data-testid="folder"]').selectOption({ label: "Second" });
    await panel.locator('[data-metric="revenue"][data-value="99"]').waitFor();
    await waitFor(async () => (await opened.statusBarItem("fusion.status").text()) === "MRR $99");

    writeFileSync(file, JSON.stringify({ folders: folders.slice(0, 2) }));
    await waitFor(async () => (await opened.statusBarItem("fusion.status").text()) === "MRR $12,450", {
      timeout: 30_000,
      message: "the folder that is left",
    });
  });

  it("untrusted: files are read, nothing listens, and the panel says so", async () => {
    const folder = await newSample();
    const port = 4870;
    const opened = await launch({
      folder,
      settings: {
        "security.workspace.trust.enabled": true,
        "security.workspace.trust.startupPrompt": "never",
        "fusion.server.port": port,
      },
    });
    await waitFor(async () => (await opened.statusBarItem("fusion.status").text()) === "MRR $12,450");
    assert.equal(await opened.openPanel(), undefined, "nothing opens by itself");
    const panel = await panelOf(opened);
    await panel.locator('[data-testid="connection"][data-state="connected"]').waitFor();
    await panel.getByText("Restricted Mode").first().waitFor();
    writeFileSync(join(folder, "revenue_snapshot.json"), '{"mrr": 5}');
    await panel.locator('[data-metric="revenue"][data-value="5"]').waitFor();
    assert.equal(await listens(port), false);

    await panel.getByRole("button", { name: "Manage trust" }).click();
    await opened.page.getByRole("button", { name: "Trust", exact: true }).first().click();
    await waitFor(() => listens(port), { message: "the server to start once the workspace is trusted" });
    await opened.runCommand("Fusion: Open Command Center");
    const trusted = await opened.panel();
    await trusted.locator('[data-testid="connection"][data-state="connected"]').waitFor();
    assert.equal(await trusted.getByText("Restricted Mode").count(), 0);
  });

  it("shows the data as stale when no update comes", async () => {
    const opened = await launch({ folder: await newSample(), settings: { "fusion.staleAfter": 0.02 } });
    const panel = await panelOf(opened);
    const warning = panel.locator('[data-testid="stale-warning"]');
    await warning.waitFor();
    assert.match(await warning.innerText(), /⚠️ No data pulse – check backend/);
    await panel.locator('[data-testid="connection"][data-state="stale"]').waitFor();
    await opened.page
      .locator('.statusbar-item.warning-kind[id$="fusion.status"]')
      .waitFor({ state: "attached" });
  });

  it("tells the next free port where the one wished for is taken", async () => {
    const { createServer } = await import("node:net");
    const stranger = createServer().listen(4880, "127.0.0.1");
    try {
      const opened = await launch({ folder: await newSample(), settings: { "fusion.server.port": 4880 } });
      await waitFor(
        async () => /127\.0\.0\.1:4881/.test(await opened.statusBarItem("fusion.status").tooltip()),
        {
          timeout: 30_000,
        },
      );
      assert.deepEqual(await opened.notifications(), []);
    } finally {
      stranger.close();
    }
  });
});
