import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { useSampleWindow } from "../support/sampleWindow.js";
import { waitFor } from "../support/waitFor.js";

const PATIENCE = { timeout: 30_000 };
const HOUR_MS = 3_600_000;

describe("history in VS Code", function () {
  this.timeout(5 * 60_000);
  const opened = useSampleWindow();

  const setRevenue = (mrr: number) =>
    writeFileSync(join(opened.folder, "revenue_snapshot.json"), JSON.stringify({ mrr, currency: "USD" }));
  const shows = (text: string) =>
    waitFor(async () => (await opened.workbench.statusBarItem("fusion.status").text()) === text, {
      ...PATIENCE,
      message: `the status bar to show ${text}`,
    });
  const widget = () => opened.workbench.page.locator(".quick-input-widget");

  async function exportTo(file: string, format: "CSV" | "JSON"): Promise<void> {
    await opened.workbench.runCommand("Fusion: Export History…");
    await widget().filter({ hasText: "which metrics?" }).waitFor({ timeout: 5_000 });
    await opened.workbench.page.keyboard.press("Enter");
    for (const label of ["Everything", format]) {
      await widget().getByText(label, { exact: true }).first().click({ timeout: 5_000 });
    }
    await opened.workbench.chooseFile(file);
  }

  /** Exports all metrics of all time, as a person does, and gives the file's text. */
  async function exported(name: string, format: "CSV" | "JSON"): Promise<string> {
    const file = join(opened.folder, name);
    await waitFor(
      async () => {
        // What a busy dialog takes for the file may be another one: then it is asked for again.
        if (!existsSync(file)) await exportTo(file, format);
        await waitFor(() => existsSync(file), { timeout: 10_000 });
        return true;
      },
      { timeout: 120_000, message: `the history in ${name}` },
    );
    await opened.workbench.runCommand("Notifications: Clear All Notifications");
    return readFileSync(file, "utf8");
  }

  /** The revenues in an exported CSV file, in their order. */
  const revenuesIn = (csv: string) =>
    [...csv.matchAll(/^revenue,[^,]+,number,(\d+)\r$/gm)].map(([, value]) => Number(value));

  it("is exported from the palette as CSV and as JSON", async () => {
    await shows("MRR $12,450");
    for (const mrr of [20_001, 20_002]) {
      setRevenue(mrr);
      await shows(`MRR $${mrr.toLocaleString("en")}`);
    }
    assert.deepEqual(revenuesIn(await exported("first.csv", "CSV")), [12_450, 20_001, 20_002]);
    const json = await exported("first.json", "JSON");
    assert.match(json, /"metric":"revenue".*20002/);
    assert.match(json, /"metric":"memos"/);
  });

  it("goes on over a reload of the window, with nothing lost", async () => {
    await opened.workbench.reloadWindow();
    await shows("MRR $20,002");
    setRevenue(20_003);
    await shows("MRR $20,003");
    assert.deepEqual(revenuesIn(await exported("second.csv", "CSV")), [12_450, 20_001, 20_002, 20_003]);
  });

  it("is taken back in from what was exported, which tells what was new in it, and the cards have their lines", async () => {
    const first = join(opened.folder, "first.csv");
    await opened.workbench.importHistory(first);
    assert.deepEqual(revenuesIn(await exported("third.csv", "CSV")), [12_450, 20_001, 20_002, 20_003]);
    const old = join(opened.folder, "old.csv");
    const before = new Date(Date.now() - 6 * HOUR_MS).toISOString();
    writeFileSync(old, `metric,time,kind,value\r\nrevenue,${before},number,7\r\n`);
    await opened.workbench.importHistory(old);
    assert.deepEqual(revenuesIn(await exported("fourth.csv", "CSV")), [7, 12_450, 20_001, 20_002, 20_003]);
    await opened.workbench.runCommand("Fusion: Open Command Center");
    const panel = await opened.workbench.panel();
    const card = panel.locator('[data-testid="card"][data-metric="revenue"]');
    await card.getByTestId("sparkline").locator("path").first().waitFor({ state: "attached" });
  });
});
