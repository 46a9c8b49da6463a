import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { useSampleWindow } from "../support/sampleWindow.js";
import { waitFor } from "../support/waitFor.js";

const COMMAND = "Fusion: Add Metric from File…";
const STATS = '{"accounts": {"activeUsers": 1234, "mrr": 990.5, "currency": "EUR"}}\n';
const CONFIG = `{
  // The order that we want.
  "metrics": {}, // Mine.
  "cards": ["revenue", "memos"], /* no more */
}
`;

describe("Add Metric from File… in VS Code", () => {
  const opened = useSampleWindow();
  const file = () => join(opened.folder, "fusion.json");
  const write = (name: string, content: string) => writeFileSync(join(opened.folder, name), content);
  const page = () => opened.workbench.page;
  const widget = () => page().locator(".quick-input-widget");
  const row = (label: string) =>
    widget()
      .locator(".quick-input-list .monaco-list-row")
      .filter({ has: page().getByText(label, { exact: true }) })
      .first();
  const shows = async (metric: string, value: number | string): Promise<Frame> => {
    const panel = await opened.workbench.panel();
    await panel.locator(`[data-testid="card"][data-metric="${metric}"][data-value="${value}"]`).waitFor();
    return panel;
  };
  const written = (part: string) =>
    waitFor(() => existsSync(file()) && readFileSync(file(), "utf8").includes(part), { message: part });
  /** A row of the Explorer, as a person finds it. */
  const explorer = (name: string) =>
    page().locator(".explorer-folders-view .monaco-list-row").filter({ hasText: name }).first();
  /** Chooses from the open menu, which is deaf to clicks for a moment after it has opened. */
  const chooseInMenu = async (label: string): Promise<void> => {
    const menu = page().locator(".monaco-menu");
    await menu.waitFor();
    await waitFor(async () => {
      if (await menu.isVisible()) await menu.getByText(label, { exact: true }).click({ timeout: 2_000 });
      await menu.waitFor({ state: "hidden", timeout: 1_000 });
      return true;
    });
  };

  before(async () => {
    mkdirSync(join(opened.folder, "reports"));
    mkdirSync(join(opened.folder, "memos"));
    write("stats.json", STATS);
    write("reports/churn.csv", "month,rate\nMay,2.5\nJune,4.5\n");
    write("memos/a.md", "- [x] a\n- [ ] b\n");
    write("memos/b.md", "b\n");
    write("memos/c.txt", "c\n");
    write("app.log", "09:00:01 GET /a took 12ms\n09:00:02 GET /b took 30ms\n09:00:03 PUT /b refused\n");
    await opened.workbench.panel();
  });

  it("leads from the palette to a card of one's own in six steps", async () => {
    let steps = 0;
    const step = async (action: Promise<unknown>) => {
      steps++;
      await action;
    };
    await step(page().keyboard.press("F1"));
    await widget().locator("input").first().fill(`>${COMMAND}`);
    await step(row(COMMAND).click());
    await widget().getByPlaceholder("Which file holds the value").waitFor();
    await step(row("stats.json").click());
    await widget().getByPlaceholder("Which value to show").waitFor();
    assert.match(await row("activeUsers").innerText(), /1,234/);
    assert.match(await row("mrr").innerText(), /€990\.50/);
    await step(row("mrr").click());
    assert.match(await row("Add card").innerText(), /mrr: €990\.50/i);
    await step(row("Add card").click());
    const panel = await shows("mrr", 990.5);
    await panel.locator('[data-metric="mrr"].pulse').waitFor();
    assert.ok(steps <= 6, `${steps} steps`);
    assert.equal(
      readFileSync(file(), "utf8"),
      '{\n  "metrics": {\n    "mrr": { "file": "stats.json", "query": "accounts.mrr", "format": "currency", "unit": "EUR" }\n  }\n}\n',
    );
  });

  it("offers the first of a list on Enter, as VS Code's own lists do", async () => {
    await opened.workbench.runCommand(COMMAND);
    await widget().getByPlaceholder("Which file holds the value").waitFor();
    await page().keyboard.press("Enter");
    await widget().locator(".quick-input-titlebar .codicon-quick-input-back").waitFor();
    await page().keyboard.press("Escape");
    await widget().waitFor({ state: "hidden" });
  });

  it("goes back, and changes label, format and unit before it adds", async () => {
    await opened.workbench.answer(COMMAND, "stats.json", "activeUsers");
    await row("Add card").waitFor();
    await row("Label").click();
    // The list stands there until then, and would take the text for its filter.
    await widget().filter({ hasText: "What the card is called" }).waitFor();
    await opened.workbench.inputBox("Users now");
    await row("Add card").filter({ hasText: "Users now: 1,234" }).waitFor();
    await row("Format").click();
    await widget().getByPlaceholder("How the value is written").waitFor();
    await row("Currency").click();
    await row("Unit").click();
    await widget().getByPlaceholder("Which currency").waitFor();
    await widget().locator("input").first().fill("PLN");
    await row("PLN").click();
    await row("Add card")
      .filter({ hasText: /Users now: (PLN|zł)/ })
      .waitFor();
    await widget().getByRole("button", { name: "Back" }).click();
    await widget().getByPlaceholder("Which value to show").waitFor();
    await widget().getByRole("button", { name: "Back" }).click();
    await widget().getByPlaceholder("Which file holds the value").waitFor();
    await page().keyboard.press("Escape");
    await widget().waitFor({ state: "hidden" });
    assert.doesNotMatch(readFileSync(file(), "utf8"), /Users now/);
  });

  it("takes a column of a table from the Explorer's menu, and keeps fusion.json's comments", async () => {
    write("fusion.json", CONFIG);
    await opened.workbench.runCommand("Explorer: Focus on Folders View");
    await explorer("reports").click();
    await explorer("churn.csv").click({ button: "right" });
    await chooseInMenu("Add Metric from File…");
    await row("Last rate").click();
    await row("Add card").filter({ hasText: "Rate: 4.5 %" }).waitFor();
    await row("Add card").click();
    await shows("rate", 4.5);
    assert.equal(
      readFileSync(file(), "utf8"),
      CONFIG.replace(
        '"metrics": {}',
        '"metrics": {\n    "rate": { "file": "reports/churn.csv", "column": "rate", "format": "percent" }\n  }',
      ).replace('"memos"]', '"memos", "rate"]'),
    );
  });

  it("counts the files of a folder from the Explorer's menu", async () => {
    await explorer("memos").click({ button: "right" });
    await chooseInMenu("Count Files Here…");
    await row("memos/**/*.md").click();
    await row("Add card").click();
    await shows("memosMd", 2);
  });

  it("takes a number that is selected in a log, and shows the lines that it is found in", async () => {
    await begin("took 12", "Use This Number…", row("Average of took"));
    await row("Average of took").click();
    await row("Add card").filter({ hasText: "21 ms" }).waitFor();
    await widget().getByText("2 lines match now, the newest first").waitFor();
    await row("09:00:02 GET /b took 30ms").waitFor();
    await row("Add card").click();
    await written(
      String.raw`"match": "\\btook (?<value>-?\\d+(?:\\.\\d+(?:[eE][+-]?\\d+)?|[eE][+-]\\d+)?)ms\\b"`,
    );
    await shows("averageTook", 21);
  });

  it("counts the lines like one that is selected", async () => {
    await begin("GET /a", "Count Lines Like This…", row("Add card"));
    await widget().getByText("1 line matches now").waitFor();
    await row("Add card").click();
    await shows("getA", 1);
  });

  it("asks which lines to count where numbers are selected, and again after Back", async () => {
    await begin("took 12", "Count Lines Like This…", row("This text with any numbers"));
    await widget().getByPlaceholder("Which lines to count").waitFor();
    assert.match(await row("Exactly this text").innerText(), /1\s+09:00:01 GET \/a took 12ms/);
    assert.match(await row("This text with any numbers").innerText(), /2\s+09:00:02 GET \/b took 30ms/);
    await row("Exactly this text").click();
    await widget().getByText("1 line matches now").waitFor();
    await widget().getByRole("button", { name: "Back" }).click();
    await row("This text with any numbers").click();
    await widget().getByText("2 lines match now, the newest first").waitFor();
    await row("Add card").click();
    await written(String.raw`"match": "\\btook \\d+(?:[.,]\\d+)*"`);
    await shows("took", 2);
  });

  it("begins at the last card of the panel", async () => {
    const panel = await opened.workbench.panel();
    await panel.getByRole("button", { name: "Add metric" }).click();
    await widget().getByPlaceholder("Which file holds the value").waitFor();
    await row("stats.json").waitFor();
    await page().keyboard.press("Escape");
    await widget().waitFor({ state: "hidden" });
  });

  it("shows where fusion.json is broken, and leaves it alone", async () => {
    const broken = '{\n  "metrics": {\n    "a": { "fil": "stats.json" }\n  }\n}\n';
    rmSync(file());
    write("fusion.json", broken);
    await waitFor(
      async () => {
        await opened.workbench.runCommand(COMMAND);
        await opened.workbench
          .notification(/fusion\.json has an error in line 3/)
          .waitFor({ timeout: 3_000 });
        return true;
      },
      { timeout: 30_000 },
    );
    assert.equal(readFileSync(file(), "utf8"), broken);
  });

  /** Begins with a selection; the panel that takes the focus late closes the list, as it would for a person. */
  const begin = (text: string, label: string, first: ReturnType<typeof row>) =>
    waitFor(
      async () => {
        await page().keyboard.press("Escape");
        await select("app.log", text);
        await chooseInEditor(label);
        await first.waitFor({ timeout: 5_000 });
        return true;
      },
      { timeout: 90_000, message: label },
    );

  /** Opens a file and selects a piece of it by its search, as a person does. */
  async function select(name: string, text: string): Promise<void> {
    await page().keyboard.press("Control+P");
    await widget().locator("input").first().fill(name);
    await widget().locator(".quick-input-list .monaco-list-row").filter({ hasText: name }).first().click();
    await page().locator(".view-lines").filter({ hasText: "took" }).waitFor();
    await page().locator(".view-line").first().click();
    await page().keyboard.press("Control+F");
    const find = page().locator(".find-widget textarea").first();
    await find.fill(text);
    await page().keyboard.press("Enter");
    await page()
      .locator(".statusbar-item")
      .filter({ hasText: `${text.length} selected` })
      .waitFor();
    await page().keyboard.press("Escape");
  }

  async function chooseInEditor(label: string): Promise<void> {
    await page().locator(".view-line .selected-text, .selected-text").first().waitFor({ state: "attached" });
    await page().keyboard.press("Shift+F10");
    await chooseInMenu(label);
  }
});
