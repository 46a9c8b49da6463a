import assert from "node:assert/strict";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Frame } from "playwright-core";
import { fontsOf } from "../support/fonts.js";
import { useSampleWindow } from "../support/sampleWindow.js";
import { waitFor } from "../support/waitFor.js";

describe("Command Center in VS Code", () => {
  const opened = useSampleWindow();

  const path = (file: string) => join(opened.folder, file);
  const writeRevenue = (mrr: number, currency = "USD") =>
    writeFileSync(path("revenue_snapshot.json"), JSON.stringify({ mrr, currency }, undefined, 2));
  const card = (panel: Frame, metric: string) =>
    panel.locator(`[data-testid="card"][data-metric="${metric}"]`);
  const shows = (panel: Frame, metric: string, value: number | string) =>
    panel.locator(`[data-metric="${metric}"][data-value="${value}"]`).waitFor();
  const status = () => opened.workbench.statusBarItem("fusion.status");

  it("opens by itself where the workspace asks for it, with the sample's numbers", async () => {
    const panel = await opened.workbench.panel();
    await shows(panel, "revenue", 12450);
    await shows(panel, "memos", 17);
    await shows(panel, "driveSync", "OK");
    await shows(panel, "recommendations", 5);
    await panel.locator('[data-testid="connection"][data-state="connected"]').waitFor();
    assert.equal(await panel.locator('[data-testid="insight"]').count(), 5);
    assert.equal(await panel.locator('[data-testid="stale-warning"]').count(), 0);
    assert.equal(await status().text(), "MRR $12,450");
    assert.match(await status().ariaLabel(), /MRR \$12,450, live/);
    await waitFor(async () => (await panel.evaluate(fontsOf)) === "codicon loaded", { message: "the icons" });
  });

  it("pulses in gold on a write and on an atomic rename, and says what changed by how much", async () => {
    const panel = await opened.workbench.panel();
    writeRevenue(12900);
    await panel.locator('[data-metric="revenue"].pulse').waitFor();
    await shows(panel, "revenue", 12900);
    assert.match(await card(panel, "revenue").innerText(), /\$450/);
    await waitFor(async () => (await status().text()) === "MRR $12,900");

    writeFileSync(path("memo_index.json.new"), '{"totalMemos": 18}');
    renameSync(path("memo_index.json.new"), path("memo_index.json"));
    await panel.locator('[data-metric="memos"].pulse').waitFor();
    await shows(panel, "memos", 18);
    const entries = panel.locator('[data-testid="feed-entry"]');
    await waitFor(async () => /Memos 17[\s\S]*18/.test(await entries.first().innerText()));
    assert.equal(await entries.count(), 3);
  });

  it("keeps the last good value of a half-written file, marked, and recovers by itself", async () => {
    const panel = await opened.workbench.panel();
    writeFileSync(path("revenue_snapshot.json"), '{"mrr": 129');
    await waitFor(async () => /revenue_snapshot\.json/.test(await card(panel, "revenue").innerText()));
    await shows(panel, "revenue", 12900);
    await opened.workbench.page
      .locator('.statusbar-item.warning-kind[id$="fusion.status"]')
      .waitFor({ state: "attached" });
    writeRevenue(13000, "EUR");
    await shows(panel, "revenue", 13000);
    await waitFor(async () => (await status().text()) === "MRR €13,000");
    assert.equal(
      await opened.workbench.page.locator('.statusbar-item.warning-kind[id$="fusion.status"]').count(),
      0,
    );
  });

  it("shows a dash for a file that is gone, and the rest as before", async () => {
    const panel = await opened.workbench.panel();
    renameSync(path("drive_sync.log"), path("away.log"));
    await shows(panel, "driveSync", "");
    assert.match(await card(panel, "driveSync").innerText(), /–/);
    assert.equal(await card(panel, "revenue").getAttribute("data-value"), "13000");
    renameSync(path("away.log"), path("drive_sync.log"));
    await shows(panel, "driveSync", "OK");
  });

  it("refreshes on the button and on the command", async () => {
    const panel = await opened.workbench.panel();
    const newest = () => panel.locator('[data-testid="feed-entry"]').first().innerText();
    const before = await newest();
    await panel.locator('[data-testid="refresh"]').click();
    const afterButton = await waitFor(async () => {
      const text = await newest();
      return text !== before && /refresh/i.test(text) && text;
    });
    await opened.workbench.runCommand("Fusion: Refresh Now");
    await waitFor(async () => (await newest()) !== afterButton);
  });

  it("changes the interval by the command, the setting and the panel, all in step", async () => {
    const panel = await opened.workbench.panel();
    const labels = await waitFor(async () => {
      await opened.workbench.runCommand("Fusion: Change Update Interval…");
      return opened.workbench.quickPickLabels();
    });
    assert.deepEqual(
      labels.filter((label) => /^\d+ minutes$/.test(label)),
      [3, 4, 5, 6, 7, 8, 9, 10].map((minutes) => `${minutes} minutes`),
    );
    await opened.workbench.answer("Fusion: Change Update Interval…", "3 minutes");
    const select = panel.locator('[data-testid="interval"]');
    await waitFor(async () => (await select.inputValue()) === "3");

    writeFileSync(path(".vscode/settings.json"), JSON.stringify({ "fusion.interval": 7 }));
    await waitFor(async () => (await select.inputValue()) === "7");

    await select.selectOption("10");
    await waitFor(() => /"fusion\.interval":\s*10/.test(readFileSync(path(".vscode/settings.json"), "utf8")));
    await waitFor(async () => /10/.test(await opened.workbench.statusBarItem("fusion.status").tooltip()));
  });

  it("opens a recommendation's file at its line", async () => {
    const panel = await opened.workbench.panel();
    await panel.locator('[data-testid="insight"]').nth(2).getByText("Merge duplicate memos").click();
    await waitFor(async () =>
      (await opened.workbench.tabs()).some((title) => title.startsWith("ERIC_recommendations")),
    );
    const position = opened.workbench.page.locator(".statusbar-item", { hasText: /Ln 17, Col/ });
    await position.waitFor();
    await opened.workbench.runCommand("View: Close Editor");
  });

  it("exists once, and keeps its feed when it is hidden, moved and reloaded", async () => {
    const entries = async () =>
      (await opened.workbench.panel()).locator('[data-testid="feed-entry"]').allInnerTexts();
    await opened.workbench.runCommand("Fusion: Open Command Center");
    assert.equal((await opened.workbench.tabs()).filter((title) => title === "Command Center").length, 1);
    const before = await waitFor(async () => {
      const shown = await entries();
      return shown.length === 3 && shown;
    });

    await opened.workbench.runCommand("File: New Untitled Text File");
    await waitFor(async () => (await opened.workbench.openPanel()) === undefined, {
      message: "the panel to be hidden",
    });
    await opened.workbench.runCommand("Fusion: Open Command Center");
    await waitFor(async () => isDeepStrictEqual(await entries(), before), { message: "the feed as it was" });

    await opened.workbench.runCommand("View: Move Editor into Next Group");
    await waitFor(async () => (await entries().catch(() => [])).length === before.length);
    await (await opened.workbench.panel())
      .locator('[data-testid="connection"][data-state="connected"]')
      .waitFor();

    await opened.workbench.reloadWindow();
    const panel = await opened.workbench.panel();
    await panel.locator('[data-testid="connection"][data-state="connected"]').waitFor();
    await shows(panel, "revenue", 13000);
    await panel.getByText("First update").first().waitFor();
    // On a busy machine a source may be late, and come by an update of its own.
    const after = await entries();
    const first = after.findIndex((entry) => entry.includes("First update"));
    assert.deepEqual(after.slice(first + 1), before.slice(0, before.length - first - 1));
    assert.equal((await opened.workbench.tabs()).filter((title) => title === "Command Center").length, 1);
  });

  it("pulses for what changed while it was hidden", async () => {
    await opened.workbench.panel();
    await opened.workbench.runCommand("File: New Untitled Text File");
    await waitFor(async () => (await opened.workbench.openPanel()) === undefined, {
      message: "the panel to be hidden",
    });
    writeRevenue(14000);
    await waitFor(async () => (await status().text()) === "MRR $14,000");
    await opened.workbench.runCommand("Fusion: Open Command Center");
    await (await opened.workbench.panel()).locator('[data-metric="revenue"].pulse').waitFor();
  });

  it("shows its log", async () => {
    await opened.workbench.runCommand("Fusion: Show Log");
    const channel = opened.workbench.page.locator(".part.panel select");
    await waitFor(async () => (await channel.locator("option:checked").allInnerTexts()).includes("Fusion"));
  });

  it("shows no notification in all of this", async () => {
    assert.deepEqual(await opened.workbench.notifications(), []);
  });
});
