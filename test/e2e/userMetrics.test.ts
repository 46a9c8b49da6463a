import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { useSampleWindow } from "../support/sampleWindow.js";
import { waitFor } from "../support/waitFor.js";

describe("the user's metrics in VS Code", () => {
  const opened = useSampleWindow();

  const write = (file: string, content: string) => writeFileSync(join(opened.folder, file), content);
  const shows = (panel: Frame, metric: string, value: number | string) =>
    panel.locator(`[data-testid="card"][data-metric="${metric}"][data-value="${value}"]`).waitFor();
  const cards = (panel: Frame) =>
    panel
      .locator('[data-testid="card"]')
      .evaluateAll((elements) => elements.map((element) => element.getAttribute("data-metric")));

  it("get their cards when fusion.json is saved, in the order it asks for", async () => {
    const panel = await opened.workbench.panel();
    await shows(panel, "revenue", 12450);
    mkdirSync(join(opened.folder, "logs"));
    write("bugs.json", '{"items": [{"state": "open"}, {"state": "open"}, {"state": "closed"}]}');
    write("logs/app.log", "level=error one\nlevel=info two\n");
    write(
      "fusion.json",
      `{
  // Three lines each.
  "metrics": {
    "openBugs": { "label": "Open bugs", "file": "bugs.json", "query": "length(items[?state=='open'])" },
    "errors": { "file": "logs/app.log", "match": "level=error", "aggregate": "count" },
  },
  "cards": ["openBugs", "revenue", "errors"],
}`,
    );
    await shows(panel, "openBugs", 2);
    await shows(panel, "errors", 1);
    assert.deepEqual(await cards(panel), ["openBugs", "revenue", "errors"]);
  });

  it("follow their files", async () => {
    const panel = await opened.workbench.panel();
    appendFileSync(join(opened.folder, "logs/app.log"), "level=error three\n");
    await shows(panel, "errors", 2);
    await panel.locator('[data-metric="errors"].pulse').waitFor();
    write("bugs.json", '{"items": []}');
    await shows(panel, "openBugs", 0);
  });

  it("stay as they were while fusion.json is broken, which the problems tell", async () => {
    const panel = await opened.workbench.panel();
    write("fusion.json", '{ "metrics": { "openBugs": { "fil": "bugs.json" } } }');
    await opened.workbench.runCommand("Problems: Focus on Problems View");
    await opened.workbench.page
      .getByText(/"fil" is not known here/)
      .first()
      .waitFor();
    write("bugs.json", '{"items": [{"state": "open"}]}');
    await shows(panel, "openBugs", 1);
  });

  it("end an expression that would run for ever, and the editor goes on", async () => {
    const panel = await opened.workbench.panel();
    write("bugs.json", '{"items": [1]}');
    write("logs/app.log", `${"a".repeat(60)}!\n`);
    write(
      "fusion.json",
      '{"metrics": {"endless": {"file": "logs/app.log", "match": "^(a+)+$", "aggregate": "count"}, "bugs": {"file": "bugs.json", "query": "length(items)"}}}',
    );
    await shows(panel, "bugs", 1);
    const endless = panel.locator('[data-metric="endless"]');
    await waitFor(async () => /more than 5 s/.test(await endless.innerText()));
    write("bugs.json", '{"items": [1, 2]}');
    await shows(panel, "bugs", 2);
  });

  it("explain themselves, and lead to the line they come from", async () => {
    const panel = await opened.workbench.panel();
    write("plan.json", '{\n  "team": {\n    "budget": 90\n  }\n}');
    write(
      "fusion.json",
      '{"metrics": {"budget": {"label": "Budget", "file": "plan.json", "query": "team.budget", "scale": 10}}}',
    );
    await shows(panel, "budget", 900);
    await panel.getByRole("button", { name: "Why Budget is 900" }).click();
    const explanation = panel.locator('[data-testid="explanation"]:popover-open');
    const row = (id: string) => explanation.locator(`[data-row="${id}"] dd`);
    await row("read").waitFor();
    assert.equal(await row("source").innerText(), "plan.json:3");
    assert.equal(await row("value").innerText(), "result of the query team.budget");
    assert.equal(await row("scale").innerText(), "multiplied by 10");
    await explanation.getByRole("button", { name: "Open file at line 3" }).click();
    await waitFor(async () => (await opened.workbench.tabs()).some((title) => title.startsWith("plan")));
    await opened.workbench.page.locator(".statusbar-item", { hasText: /Ln 3, Col 1/ }).waitFor();
  });

  it("are told where fusion.json is broken, with what is used instead, and led there", async () => {
    const broken = '{\n  "metrics": {\n    "bugs": { "fiel": "bugs.json" }\n  }\n}';
    write("fusion.json", '{"metrics": {"bugs": {"file": "bugs.json", "query": "length(items)"}}}');
    const panel = await opened.workbench.panel();
    const trouble = panel.locator('[data-testid="config-trouble"]');
    await panel.locator('[data-metric="bugs"]').waitFor();
    write("fusion.json", broken);
    await waitFor(async () => /last good configuration is used/.test(await trouble.innerText()));
    assert.equal(await panel.locator('[data-metric="bugs"]').count(), 1);

    await opened.workbench.reloadWindow();
    const again = await opened.workbench.panel();
    const start = again.locator('[data-testid="config-trouble"]');
    await waitFor(async () => /nothing of it is used/.test(await start.innerText()));
    await again.getByRole("button", { name: "Open fusion.json:3" }).click();
    await opened.workbench.page.locator(".statusbar-item", { hasText: /Ln 3, Col 1/ }).waitFor();
    write("fusion.json", "{}");
    await start.waitFor({ state: "detached" });
  });
});
