import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { useSampleWindow } from "../support/sampleWindow.js";
import { TemporaryFolder } from "../support/temporaryFolder.js";
import { waitFor } from "../support/waitFor.js";
import { launchWorkbench, type Workbench } from "../support/workbench.js";

const ALERTS = [
  { metric: "revenue", below: 10_000, severity: "warning" },
  { metric: "memos", above: 20, severity: "error" },
  { metric: "memos", above: 30, severity: "error" },
  { metric: "memos", above: 40, severity: "info" },
];

describe("the setting fusion.notifications", () => {
  const opened = useSampleWindow();

  const write = (file: string, value: unknown) =>
    writeFileSync(join(opened.folder, file), JSON.stringify(value));
  const setMemos = (totalMemos: number) => write("memo_index.json", { totalMemos });
  const status = () => opened.workbench.statusBarItem("fusion.status");

  /** The metric in the status bar is set together with it, and tells that the settings have arrived. */
  async function notify(wanted: string, metric: string, shown: RegExp): Promise<void> {
    mkdirSync(join(opened.folder, ".vscode"), { recursive: true });
    write(".vscode/settings.json", { "fusion.notifications": wanted, "fusion.statusBar.metric": metric });
    await waitFor(async () => shown.test(await status().text()), {
      timeout: 30_000,
      message: `the status bar to show ${shown}`,
    });
  }
  const told = async (text: string) => {
    await opened.workbench.notification(text).waitFor();
    const messages = await opened.workbench.notifications();
    await opened.workbench.runCommand("Notifications: Clear All Notifications");
    return messages;
  };
  const firing = (count: number) =>
    opened.workbench.page.locator(`.activitybar .badge-content:text-is("${count}")`).first().waitFor();

  it("keeps warnings from the screen where errors alone are wanted", async () => {
    await waitFor(async () => (await status().text()) === "MRR $12,450", { timeout: 30_000 });
    await notify("errors", "memos", /^Memos 17$/);
    write("fusion.json", { alerts: ALERTS });
    write("revenue_snapshot.json", { mrr: 9_800, currency: "USD" });
    await firing(1);
    setMemos(21);
    assert.deepEqual(await told("Memos is 21"), ["Memos is 21, above 20."]);
    await firing(2);
  });

  it("keeps everything from the screen where none is wanted, and shows even what is for information", async () => {
    await notify("off", "driveSync", /^Drive sync OK$/);
    setMemos(31);
    await firing(3);
    await notify("all", "revenue", /^MRR \$9,800$/);
    setMemos(41);
    // What had been held back would be among these, or be told together with it.
    assert.deepEqual(await told("Memos is 41"), ["Memos is 41, above 40."]);
    await firing(4);
  });
});

describe("a notification of an alert", () => {
  let folders: TemporaryFolder[];
  let workbench: Workbench | undefined;

  beforeEach(() => {
    folders = [];
    workbench = undefined;
  });
  afterEach(async () => {
    await workbench?.close();
    for (const folder of folders) folder.dispose();
  });

  const folder = (files: Readonly<Record<string, unknown>>) => {
    const made = new TemporaryFolder();
    folders.push(made);
    made.write(
      Object.fromEntries(Object.entries(files).map(([file, value]) => [file, JSON.stringify(value)])),
    );
    return made;
  };

  it("mutes no alert of another folder that is followed by then", async () => {
    const declared = { alerts: [{ metric: "revenue", below: 10_000, severity: "error" }] };
    const first = folder({ "fusion.json": declared, "revenue_snapshot.json": { mrr: 5_000 } });
    const second = folder({ "fusion.json": declared, "revenue_snapshot.json": { mrr: 6_000 } });
    const both = [
      { path: first.path, name: "First" },
      { path: second.path, name: "Second" },
    ];
    const place = folder({ "two.code-workspace": { folders: both } });
    const opened = await launchWorkbench({ workspace: place.resolve("two.code-workspace") });
    workbench = opened;
    const status = opened.statusBarItem("fusion.status");
    const shows = (text: string) =>
      waitFor(async () => (await status.text()) === text, { timeout: 30_000, message: text });
    const earlier = opened.notification("MRR is $5,000");
    await earlier.waitFor();
    await opened.runCommand("Fusion: Open Command Center");
    const panel = await opened.panel();
    await panel.locator('[data-testid="folder"]').selectOption({ label: "Second" });
    await shows("MRR $6,000");
    await earlier.getByRole("button", { name: "Mute this alert", exact: true }).click();
    await earlier.waitFor({ state: "hidden" });
    second.writeAtomically("revenue_snapshot.json", '{"mrr": 5500}');
    await shows("MRR $5,500");
    assert.match(await status.ariaLabel(), /alert: MRR is/);
  });
});
