import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SampleWorkspace, sampleWorkspace } from "../support/sampleWorkspace.js";
import { waitFor } from "../support/waitFor.js";
import { launchWorkbench, type Workbench } from "../support/workbench.js";

describe("VS Code in Arabic", () => {
  let sample: SampleWorkspace;
  let workbench: Workbench;

  before(async () => {
    sample = await sampleWorkspace();
    workbench = await launchWorkbench({ folder: sample.folder, language: "ar" });
  });
  after(async () => {
    await workbench?.close();
    await sample?.remove();
  });

  it("has a mirrored Command Center in Arabic", async () => {
    const html = (await workbench.panel()).locator("html");
    assert.deepEqual([await html.getAttribute("lang"), await html.getAttribute("dir")], ["ar", "rtl"]);
  });

  it("finds the commands by their Arabic names", async () => {
    const { page } = workbench;
    await page.keyboard.press("F1");
    await page.locator(".quick-input-widget input").first().fill(">إضافة تنبيه");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "Fusion: Add Alert…" }).waitFor();
    await page.keyboard.press("Escape");
  });

  it("draws each value of the side bar behind its label, and not among its letters", async () => {
    await workbench.page.locator(".activitybar [aria-label='Fusion']").first().click();
    const row = workbench.page.locator(".monaco-list-row").filter({ hasText: "المذكرات" });
    const label = (await row.locator(".label-name").boundingBox()) ?? assert.fail();
    const value = (await row.locator(".label-description").boundingBox()) ?? assert.fail();
    assert.ok(value.x >= label.x + label.width, `${value.x} is behind ${label.x} + ${label.width}`);
  });

  it("suggests a label in Arabic for a metric of one's own, and writes no marks that nobody sees", async () => {
    writeFileSync(join(sample.folder, "costs.csv"), "month,spent\nMay,2\nJune,4\n");
    const { page } = workbench;
    const choose = (text: string | RegExp) =>
      page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first().click();
    await page.keyboard.press("F1");
    await page.locator(".quick-input-widget input").first().fill(">Add Metric from File");
    await choose("Fusion: Add Metric from File…");
    await choose("costs.csv");
    await choose(/مجموع.*spent/);
    await choose(/إضافة البطاقة.*إجمالي spent: 6/);
    const config = join(sample.folder, "fusion.json");
    const { metrics } = await waitFor(() => JSON.parse(readFileSync(config, "utf8")));
    assert.deepEqual(Object.values(metrics), [
      { label: "إجمالي spent", file: "costs.csv", column: "spent", aggregate: "sum" },
    ]);
  });

  it("keeps an amount in the status bar whole", async () => {
    const text = await waitFor(async () => {
      const said = await workbench.statusBarItem("fusion.status").text();
      return said.includes("12,450") && said;
    });
    assert.match(text, /\u2068[^\u2069]*12,450\u00a0US\$[^\u2069]*\u2069/);
  });
});
