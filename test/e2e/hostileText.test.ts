import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { HOSTILE_TEXTS } from "../support/hostileTexts.js";
import type { PanelHarness } from "../support/panelHarness.js";
import { usePanels } from "../support/panelSuite.js";
import { useSampleWindow } from "../support/sampleWindow.js";
import { alert, changed, feedEntry, insights, metric, snapshot, status } from "../support/snapshots.js";
import { waitFor } from "../support/waitFor.js";

describe("Hostile text in the Command Center", () => {
  const panels = usePanels();

  it("is text in every place: labels, values, units, icons, errors, alerts, insights, feed", async () => {
    const panel = await panels.open({
      prepare: (stream) => {
        const metrics = Object.fromEntries(
          HOSTILE_TEXTS.map((text) => [
            text,
            metric({
              ...{ label: text, value: text, previous: text, format: "text", unit: text, icon: text },
              ...{ prefix: text, suffix: text, error: text, stale: true, source: { file: text, line: 1 } },
            }),
          ]),
        );
        const [insight] = insights(1);
        assert.ok(insight);
        stream.snapshot = snapshot({
          metrics,
          cards: HOSTILE_TEXTS,
          insights: HOSTILE_TEXTS.map((text) => ({ ...insight, id: text, title: text, description: text })),
        });
        const change = { format: "text", unit: null } as const;
        stream.status = status({
          feed: [
            feedEntry(1, {
              changes: HOSTILE_TEXTS.map((text) => ({
                ...change,
                metric: text,
                label: text,
                from: text,
                to: text,
              })),
            }),
          ],
        });
        stream.alerts = HOSTILE_TEXTS.map((text) => alert({ id: text, metric: text, message: text }));
      },
    });
    await panel.reach("connected");
    await waitFor(async () => (await panel.find("card").count()) === HOSTILE_TEXTS.length);
    await waitFor(async () => (await panel.find("alert").count()) > 0);
    await waitFor(async () => (await panel.find("insight").count()) > 0);
    const shown = await panel.page.evaluate(() => document.body.textContent ?? "");
    for (const text of HOSTILE_TEXTS) assert.ok(squeezed(shown).includes(squeezed(text)), text);
    await holdsNothingForeign(panel);
    for (const text of HOSTILE_TEXTS) panel.change({ value: `${text} again` }, text);
    panel.stream.emit(
      changed(panel.stream.snapshot ?? snapshot(), HOSTILE_TEXTS[0] ?? "", { value: "last" }),
    );
    await panel.page.locator('[data-testid="card"][data-value="last"]').waitFor();
    await holdsNothingForeign(panel);
  });
});

describe("Hostile text of a workspace in VS Code", () => {
  const window = useSampleWindow();

  it("is no link and no command in a notification, the status bar or its tooltip", async () => {
    const { workbench } = window;
    const hostile = "[Fix it](command:workbench.action.reloadWindow)";
    const revenue = {
      label: hostile,
      file: "revenue_snapshot.json",
      query: "mrr",
      prefix: "<b>",
      format: "currency",
    };
    const config = { metrics: { revenue }, alerts: [{ metric: "revenue", below: 1e9, severity: "error" }] };
    writeFileSync(join(window.folder, "fusion.json"), JSON.stringify(config));
    const notification = workbench.notification("Fix it");
    await notification.waitFor();
    const message = notification.locator(".notification-list-item-message");
    assert.match(await message.innerText(), /\[Fix it\] \(command:workbench/);
    assert.equal(await message.locator("a").count(), 0);

    const item = workbench.statusBarItem("fusion.status");
    await waitFor(async () => (await item.text()).includes(hostile));
    assert.equal(await item.locator.locator("b").count(), 0);
    assert.match(await item.tooltip(), /\[Fix it\]\(command:workbench/);
    const links = workbench.page.locator('a[data-href^="command:workbench"], a[href^="command:workbench"]');
    assert.equal(await links.count(), 0);
  });

  it("is no icon in the status bar and in a list, and no link in a question", async () => {
    const { workbench } = window;
    const hostile = "$(bug) [Fix it](command:workbench.action.reloadWindow)";
    const revenue = { label: hostile, file: "revenue_snapshot.json", query: "mrr" };
    writeFileSync(join(window.folder, "fusion.json"), JSON.stringify({ metrics: { revenue } }));
    const item = workbench.statusBarItem("fusion.status");
    await waitFor(async () => (await item.text()).includes(hostile));
    assert.equal(await item.locator.locator(".codicon-bug").count(), 0);

    await workbench.runCommand("Fusion: Add Alert…");
    const widget = workbench.page.locator(".quick-input-widget");
    const row = widget.locator(".quick-input-list .monaco-list-row").filter({ hasText: "Fix it" });
    await row.waitFor();
    assert.equal((await row.locator(".label-name").first().innerText()).replaceAll("\u00a0", " "), hostile);
    assert.equal(await widget.locator(".codicon-bug").count(), 0);
    await row.click();
    await widget.getByText("Is below a number", { exact: true }).click();
    const question = widget.locator(".quick-input-message");
    await question.filter({ hasText: "is below this number" }).waitFor();
    assert.match(await question.innerText(), /\$\(bug\) \[Fix it\] \(command:workbench/);
    assert.equal(await question.locator("a, .codicon-bug").count(), 0);
    await workbench.page.keyboard.press("Escape");
  });

  it("is no link in what is said of an imported file", async () => {
    const { workbench, folder } = window;
    const file = join(folder, "history.csv");
    const row = "revenue,2025-11-08T17:40:38.902Z,[Fix it](command:workbench.action.quit),1";
    writeFileSync(file, `metric,time,kind,value\r\n${row}\r\n`);
    const notification = workbench.notification("Lines refused");
    await waitFor(
      async () => {
        await workbench.runCommand("Fusion: Import History…");
        await workbench.chooseFile(file);
        await notification.waitFor({ timeout: 10_000 });
        return true;
      },
      { timeout: 60_000, message: "the refusal" },
    );
    const message = notification.locator(".notification-list-item-message");
    assert.match(await message.innerText(), /\[Fix it\] \(command:workbench/);
    assert.equal(await message.locator("a").count(), 0);
  });
});

/** Nothing of these texts became an element, or ran. */
async function holdsNothingForeign({ page }: PanelHarness): Promise<void> {
  const found = await page.evaluate(() => ({
    hit: Reflect.get(window, "hit"),
    elements: [
      ...document.body.querySelectorAll(
        "script:not([nonce]), img, iframe, object, embed, form, base, meta, link, template, video, marquee, math, details[ontoggle], a[href^=javascript], a[href^=command], [onerror], [onload], [onfocus], [onmouseover]",
      ),
    ].map(({ outerHTML }) => outerHTML),
    panels: document.querySelectorAll("fusion-command-center").length,
  }));
  assert.deepEqual(found, { hit: undefined, elements: [], panels: 1 });
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, " ");
}
