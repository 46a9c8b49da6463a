import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { useSampleWindow } from "../support/sampleWindow.js";
import { waitFor } from "../support/waitFor.js";

const TOGGLE = "Fusion: Toggle Privacy Mode";
const AMOUNTS = /12[.,]?450|9[.,]?800|10[.,]?000|\$\d/;

describe("privacy mode in VS Code", () => {
  const opened = useSampleWindow();
  const status = () => opened.workbench.statusBarItem("fusion.status");
  const reads = (text: string) =>
    waitFor(async () => (await status().text()) === text, { timeout: 30_000, message: text });
  const panelText = async () => {
    const panel = await opened.workbench.panel();
    return panel
      .locator("fusion-command-center")
      .evaluate((root) => root.outerHTML.replace(/<!--.*?-->/gs, ""));
  };
  const showsNothing = async () => {
    await reads("MRR •••");
    const panel = await opened.workbench.panel();
    await panel.getByTestId("privacy").waitFor();
    await panel.locator('[data-metric="revenue"]').getByText("•••").waitFor();
    assert.doesNotMatch(await panelText(), AMOUNTS);
    assert.match(await status().ariaLabel(), /MRR, values are hidden, live/);
    const tooltip = await status().tooltip();
    assert.match(tooltip, /Privacy mode hides all values/);
    assert.doesNotMatch(tooltip.replace(/http\S+/g, ""), AMOUNTS);
  };

  it("hides every value at once, from the panel, the status bar and its tooltip", async () => {
    await reads("MRR $12,450");
    await (await opened.workbench.panel()).locator('[data-value="12450"]').waitFor();
    await opened.workbench.runCommand(TOGGLE);
    await showsNothing();
  });

  it("is remembered over a reload of the window", async () => {
    await opened.workbench.reloadWindow();
    await showsNothing();
  });

  it("masks what alerts say, in the notification and in the view", async () => {
    writeFileSync(
      join(opened.folder, "fusion.json"),
      JSON.stringify({ alerts: [{ metric: "revenue", below: 10_000, severity: "warning" }] }),
    );
    writeFileSync(join(opened.folder, "revenue_snapshot.json"), '{"mrr": 9800, "currency": "USD"}');
    await opened.workbench.notification("MRR is •••, below •••.").waitFor();
    await opened.workbench.runCommand("Fusion: Focus on Alerts View");
    await opened.workbench.page
      .locator(".sidebar .monaco-list-row", { hasText: "MRR is •••, below •••." })
      .waitFor();
    assert.doesNotMatch((await opened.workbench.notifications()).join(), AMOUNTS);
    assert.doesNotMatch(await opened.workbench.page.locator(".sidebar").innerText(), AMOUNTS);
  });

  it("hides them from the questions of a new alert", async () => {
    const { workbench } = opened;
    const widget = workbench.page.locator(".quick-input-widget");
    await workbench.runCommand("Fusion: Add Alert…");
    const row = widget.locator(".quick-input-list .monaco-list-row", { hasText: "MRR" });
    await row.waitFor();
    assert.match(await row.innerText(), /•••/);
    await row.click();
    await widget.getByText("Is below a number", { exact: true }).click();
    const field = widget.locator('input[type="text"]');
    await waitFor(async () => (await field.getAttribute("placeholder")) !== "When the alert fires", {
      message: "the question for the number",
    });
    assert.equal(await field.inputValue(), "");
    await field.fill("5");
    await widget.getByText("It is ••• now.").waitFor();
    await workbench.page.keyboard.press("Escape");
  });

  it("ends by the button in the panel", async () => {
    const panel = await opened.workbench.panel();
    await panel.getByTestId("privacy-end").click();
    await reads("MRR $9,800");
    await panel.locator('[data-value="9800"]').waitFor();
    assert.equal(await panel.getByTestId("privacy").count(), 0);
  });

  it("is toggled by its key while the panel has the focus", async () => {
    await (await opened.workbench.panel()).getByTestId("refresh").focus();
    await opened.workbench.page.keyboard.press("Control+Alt+P");
    await reads("MRR •••");
    await opened.workbench.page.keyboard.press("Control+Alt+P");
    await reads("MRR $9,800");
  });
});

describe("the choice of the status bar's metrics", () => {
  const opened = useSampleWindow();
  const status = () => opened.workbench.statusBarItem("fusion.status");
  const reads = (text: string) =>
    waitFor(async () => (await status().text()) === text, { timeout: 30_000, message: text });
  const written = () => JSON.parse(readFileSync(join(opened.folder, ".vscode", "settings.json"), "utf8"));

  it("shows two of them, in short where that is wanted, and writes it for the workspace", async () => {
    await reads("MRR $12,450");
    const { page } = opened.workbench;
    await waitFor(
      async () => {
        await opened.workbench.runCommand("Fusion: Choose Status Bar Metric…");
        const row = page.locator(".quick-input-list .monaco-list-row", { hasText: "Memos" });
        await row.getByText("17").waitFor({ timeout: 3_000 });
        await row.locator(".monaco-checkbox, input[type=checkbox]").first().click({ timeout: 3_000 });
        // The tick has the focus, where Enter takes it back.
        await page
          .locator(".quick-input-widget")
          .getByRole("button", { name: "OK" })
          .click({ timeout: 3_000 });
        await page.getByText("$12.5K · 17").click({ timeout: 3_000 });
        return true;
      },
      { timeout: 60_000 },
    );
    await reads("$12.5K · 17");
    assert.match(await status().ariaLabel(), /MRR \$12,450, Memos 17, live/);
    assert.equal(written()["fusion.statusBar.metric"], "revenue,memos");
    assert.equal(written()["fusion.statusBar.format"], "compact");
  });
});
