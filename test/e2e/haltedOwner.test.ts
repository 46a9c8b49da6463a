import assert from "node:assert/strict";
import { Cli } from "../support/cli.js";
import { TemporaryFolder } from "../support/temporaryFolder.js";
import { waitFor } from "../support/waitFor.js";
import { launchWorkbench, type Workbench } from "../support/workbench.js";

const FILE = "revenue_snapshot.json";
const SLOW = { timeout: 60_000 };

describe("a window on a folder whose process does not answer", () => {
  let near: Cli;
  let far: Cli;
  let place: TemporaryFolder;
  let workbench: Workbench | undefined;

  beforeEach(() => {
    near = new Cli();
    far = new Cli({ FUSION_STATE_DIR: near.state.path });
    place = new TemporaryFolder();
    workbench = undefined;
  });
  afterEach(async () => {
    await workbench?.close();
    await far.dispose();
    await near.dispose();
    place.dispose();
  });

  it("shows no number of the folder before it changed to this one, and the right one as soon as it can", async () => {
    near.folder.writeAtomically(FILE, '{"mrr": 1}');
    far.folder.writeAtomically(FILE, '{"mrr": 2}');
    await near.serve();
    const halted = await far.serve();
    const folders = [
      { path: near.folder.path, name: "Near" },
      { path: far.folder.path, name: "Far" },
    ];
    place.write({ "two.code-workspace": JSON.stringify({ folders }) });
    const opened = await launchWorkbench({
      workspace: place.resolve("two.code-workspace"),
      env: { FUSION_STATE_DIR: near.state.path },
    });
    workbench = opened;
    const shows = (text: string) =>
      waitFor(async () => (await opened.statusBarItem("fusion.status").text()).endsWith(text), {
        ...SLOW,
        message: text,
      });
    await shows("MRR $1");
    await opened.runCommand("Fusion: Open Command Center");
    const panel = await opened.panel();
    await panel.locator('[data-metric="revenue"][data-value="1"]').waitFor(SLOW);
    halted.signal("SIGSTOP");
    await panel.locator('[data-testid="folder"]').selectOption({ label: "Far" });
    await shows("Fusion");
    await panel.locator('[data-metric="revenue"][data-value="1"]').waitFor({ state: "detached" });
    halted.signal("SIGCONT");
    await shows("MRR $2");
    await panel.locator('[data-metric="revenue"][data-value="2"]').waitFor(SLOW);
  });

  it("says so to who asks for an update", async () => {
    const halted = await near.serve();
    halted.signal("SIGSTOP");
    workbench = await launchWorkbench({
      folder: near.folder.path,
      env: { FUSION_STATE_DIR: near.state.path },
    });
    await workbench.runCommand("Fusion: Refresh Now");
    await workbench.notification("The process that has this folder's stream does not answer.").waitFor(SLOW);
    assert.equal((await workbench.notifications()).length, 1);
  });
});
