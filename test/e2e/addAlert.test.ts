import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SampleWorkspace, sampleWorkspace } from "../support/sampleWorkspace.js";
import { waitFor } from "../support/waitFor.js";
import { launchWorkbench, type Workbench } from "../support/workbench.js";

const COMMAND = "Fusion: Add Alert…";
const CONFIG = `{
  // The order that we want.
  "cards": ["revenue", "memos"], /* no more */
  "alerts": [
    { "metric": "memos", "below": 5 }, // Somebody deletes.
  ],
}
`;

/** The window is seconds old, and so is its history. */
const PREVIEW = /No history of the last week yet\.|Would (not )?have fired .*since/;
const URGENCY = new RegExp(`^How urgent it is · (${PREVIEW.source})`);

describe("Add Alert… in VS Code", () => {
  let sample: SampleWorkspace;
  let workbench: Workbench;
  let file: string;

  before(async () => {
    sample = await sampleWorkspace();
    file = join(sample.folder, "fusion.json");
    workbench = await launchWorkbench({ folder: sample.folder });
    const panel = await workbench.panel();
    await panel.locator('[data-metric="revenue"][data-value="12450"]').waitFor();
  });
  after(async () => {
    await workbench?.close();
    await sample?.remove();
  });

  const widget = () => workbench.page.locator(".quick-input-widget");
  const asks = (text: string | RegExp) => widget().filter({ hasText: text }).waitFor({ state: "visible" });
  const asksToPick = (placeholder: RegExp) =>
    widget().getByPlaceholder(placeholder).waitFor({ state: "visible" });
  const field = () => widget().locator('input[type="text"]');
  const picks = async (label: string) => {
    await field().fill(label);
    await widget().getByText(label, { exact: true }).first().click();
  };
  const written = (expected: (text: string) => boolean) =>
    waitFor(() => existsSync(file) && expected(readFileSync(file, "utf8")), { message: "the written file" });

  it("makes fusion.json where there is none, and shows it", async () => {
    await workbench.answer(COMMAND, "MRR", "Is below a number");
    await asks("It is $12,450 now.");
    assert.equal(await field().inputValue(), "11000");
    await asks(PREVIEW);
    await workbench.inputBox("10000");
    await asks("For how long that must hold");
    await workbench.inputBox("10m");
    await asksToPick(URGENCY);
    await picks("Error");
    await written((text) => text.endsWith("}\n"));
    assert.equal(
      readFileSync(file, "utf8"),
      '{\n  "alerts": [\n    { "metric": "revenue", "below": 10000, "for": "10m", "severity": "error" }\n  ]\n}\n',
    );
    const told = workbench.notification("Alert added.");
    await told.getByRole("button", { name: "Open fusion.json" }).click();
    await workbench.page.locator(".statusbar-item", { hasText: /Ln 3, Col 1/ }).waitFor();
  });

  it("keeps comments and layout, and refuses what is no number", async () => {
    writeFileSync(file, CONFIG);
    await workbench.page.locator(".view-lines", { hasText: "Somebody deletes" }).first().waitFor();
    await workbench.answer(COMMAND, "Drive sync", "Has no data for a time");
    await asks("has had no data for this time");
    await field().fill("soon");
    await asks('"noDataFor" must be a time');
    await field().press("Enter");
    await workbench.inputBox("2h");
    await asksToPick(URGENCY);
    await picks("Warning");
    const last = '    { "metric": "memos", "below": 5 }, // Somebody deletes.\n';
    const added = '    { "metric": "driveSync", "noDataFor": "2h", "severity": "warning" },\n';
    await written((text) => text.includes("driveSync"));
    assert.equal(readFileSync(file, "utf8"), CONFIG.replace(last, last + added));
  });

  it("goes back to what was answered", async () => {
    await workbench.answer(COMMAND, "Memos", "Is above a number");
    await asks("when Memos is above this number");
    await widget().getByRole("button", { name: "Back" }).click();
    await asksToPick(/^When the alert fires/);
    await widget().getByRole("button", { name: "Back" }).click();
    await asksToPick(/^Which metric to watch/);
    await workbench.page.keyboard.press("Escape");
    await widget().waitFor({ state: "hidden" });
  });

  it("changes nothing when it is cancelled at any question, or when there is such an alert", async () => {
    const before = readFileSync(file, "utf8");
    await workbench.answer(COMMAND, "Memos", "Is below a number");
    await asks("when Memos is below this number");
    await workbench.inputBox("5");
    await asks("For how long that must hold");
    await workbench.page.keyboard.press("Escape");
    await widget().waitFor({ state: "hidden" });
    assert.equal(readFileSync(file, "utf8"), before);

    await workbench.answer(COMMAND, "Memos", "Is below a number");
    await asks("when Memos is below this number");
    await workbench.inputBox("5");
    await asks("For how long that must hold");
    await workbench.inputBox("");
    await asksToPick(URGENCY);
    await picks("Info");
    await workbench.notification("There is such an alert already.").waitFor();
    assert.equal(readFileSync(file, "utf8"), before);
  });

  it("begins with the metric of the card it is asked from", async () => {
    const panel = await workbench.panel();
    await panel.locator('[data-metric="revenue"] ~ * [data-testid="why"]').click();
    await panel.getByRole("button", { name: "Add alert…" }).click();
    await asks("Add alert on MRR");
    await workbench.page.keyboard.press("Escape");
    await widget().waitFor({ state: "hidden" });
  });

  it("shows where fusion.json is broken, and leaves it alone", async () => {
    const broken = '{\n  "alerts": [\n    { "metric": "memos", "belo": 5 }\n  ]\n}\n';
    rmSync(file);
    writeFileSync(file, broken);
    await workbench.page.locator(".view-lines", { hasText: "belo" }).first().waitFor();
    await workbench.runCommand(COMMAND);
    await workbench.notification(/fusion\.json has an error in line 3\. .*Did you mean "below"/).waitFor();
    await workbench.page.locator(".statusbar-item", { hasText: /Ln 3, Col 1/ }).waitFor();
    assert.equal(readFileSync(file, "utf8"), broken);
  });
});
