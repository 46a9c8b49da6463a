import assert from "node:assert/strict";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { useSampleWindow } from "../support/sampleWindow.js";
import { waitFor } from "../support/waitFor.js";

const LOW_MRR = { metric: "revenue", below: 10_000, severity: "warning", coolDown: "0s" };
const MANY_MEMOS = { metric: "memos", above: 20, severity: "warning" };

describe("alerts in VS Code", () => {
  const opened = useSampleWindow();

  const write = (file: string, value: unknown) =>
    writeFileSync(join(opened.folder, file), JSON.stringify(value));
  const declare = (...alerts: object[]) => write("fusion.json", { alerts });
  const setRevenue = (mrr: number) => write("revenue_snapshot.json", { mrr, currency: "USD" });
  const setMemos = (totalMemos: number) => write("memo_index.json", { totalMemos });
  const status = () => opened.workbench.statusBarItem("fusion.status");
  const looks = async (kind: "warning" | "error" | null) => {
    await waitFor(
      async () => {
        const classes = (await status().locator.getAttribute("class")) ?? "";
        const kinds = ["warning", "error"].filter((each) => classes.includes(`${each}-kind`));
        return kinds.join() === (kind ?? "");
      },
      { message: `the status bar to look ${kind ?? "normal"}` },
    );
  };
  /** An item of the view by its text, with what stands beside it. */
  const item = (text: string | RegExp) =>
    opened.workbench.page.locator(".sidebar .monaco-list-row").filter({ hasText: text });
  const press = (toast: string | RegExp, button: string) =>
    opened.workbench.notification(toast).getByRole("button", { name: button, exact: true }).click();

  it("are told of by one notification, in the status bar, on the view's icon and in the view", async () => {
    await waitFor(async () => (await status().text()) === "MRR $12,450", { timeout: 30_000 });
    await looks(null);
    await opened.workbench.runCommand("Fusion: Focus on Alerts View");
    await opened.workbench.page.getByText("No alert is firing. Be told when").waitFor();
    declare(LOW_MRR, MANY_MEMOS);
    await opened.workbench.page.getByRole("button", { name: "Open fusion.json" }).waitFor();

    setRevenue(9_800);
    await opened.workbench.notification("MRR is $9,800, below $10,000.").waitFor();
    await looks("warning");
    assert.match(await status().ariaLabel(), /alert: MRR is \$9,800, below \$10,000\./);
    assert.match(await status().tooltip(), /^MRR is \$9,800, below \$10,000\.\s+Fusion · live/);
    assert.equal(await status().locator.locator(".codicon-bell-dot").count(), 1);
    await item("MRR is $9,800").waitFor();
    await opened.workbench.page.locator('.activitybar .badge-content:text-is("1")').first().waitFor();
  });

  it("are quiet once snoozed, however often they fire", async () => {
    await press("MRR is $9,800", "Snooze 1 h");
    await item(/MRR is \$9,800.*snoozed until/).waitFor();
    await looks(null);
    setRevenue(12_450);
    await item("Recent").waitFor();
    setRevenue(9_700);
    await item(/MRR is \$9,700.*snoozed until/).waitFor();
    // What is to be told together with the next one would be in its notification.
    setMemos(21);
    await opened.workbench.notification("Memos is 21, above 20.").waitFor();
    assert.deepEqual(await opened.workbench.notifications(), ["Memos is 21, above 20."]);
    await looks("warning");
  });

  it("are quiet once muted, until that is taken back in the view", async () => {
    await press("Memos is 21", "Mute this alert");
    const muted = item(/Memos is 21.*muted/);
    await muted.waitFor();
    await looks(null);
    await muted.hover();
    await muted.getByRole("button", { name: "Unmute Alert" }).click();
    await looks("warning");
  });

  it("are told of together when they come together", async () => {
    declare(...[9_000, 8_000, 7_000, 6_000, 5_000].map((below) => ({ metric: "revenue", below })));
    setRevenue(4_000);
    const burst = opened.workbench.notification("5 alerts: ");
    await burst.waitFor();
    assert.match(await burst.innerText(), /And 2 more\./);
    assert.equal((await opened.workbench.notifications()).length, 1);
    await opened.workbench.page.locator('.activitybar .badge-content:text-is("5")').first().waitFor();
  });

  it("that hold over a reload of the window are shown, and not told of again", async () => {
    await opened.workbench.reloadWindow();
    await looks("warning");
    await opened.workbench.page.locator('.activitybar .badge-content:text-is("5")').first().waitFor();
    await waitFor(async () => (await status().text()) === "MRR $4,000");
    appendFileSync(join(opened.folder, "drive_sync.log"), "2025-11-08T21:00:00 ERROR Quota exceeded\n");
    await opened.workbench.notification("Drive sync is ERROR.").waitFor();
    assert.deepEqual(await opened.workbench.notifications(), ["Drive sync is ERROR."]);
    await looks("error");
  });

  it("leave the status bar as it was when they are over", async () => {
    setRevenue(12_450);
    await looks("error");
    appendFileSync(join(opened.folder, "drive_sync.log"), "2025-11-08T21:05:00 OK All files synced\n");
    await looks(null);
    assert.match(await status().ariaLabel(), /^MRR \$12,450, live/);
    const badges = opened.workbench.page.locator(".activitybar .badge-content:visible");
    await waitFor(async () => (await badges.count()) === 0, { message: "the badge to go" });
  });
});
