/** Takes the pictures of the documentation from the running product: `npm run pictures`. */
import type { Frame } from "playwright-core";
import { CompanyFolder, FIX, FIX_DAYS_AGO } from "../support/companyFolder.js";
import { recordWeek } from "../support/companyWeek.js";
import { TemporaryFolder } from "../support/temporaryFolder.js";
import { waitFor } from "../support/waitFor.js";
import { launchWorkbench, type Theme, type Workbench } from "../support/workbench.js";

const THEMES: Readonly<Record<string, Theme>> = {
  dark: "Default Dark Modern",
  light: "Default Light Modern",
};

async function takePictures(): Promise<void> {
  const present = Date.now();
  const company = new CompanyFolder(present);
  const beside = new TemporaryFolder();
  try {
    const history = beside.resolve("history.csv");
    await recordWeek(company, present, history);
    // The temporary folder's own name says nothing.
    const folders = [{ name: "company", path: company.path }];
    beside.write({ "company.code-workspace": JSON.stringify({ folders }) });
    const workbench = await launchWorkbench({
      workspace: beside.resolve("company.code-workspace"),
      viewport: { width: 1200, height: 830 },
      settings: {
        "workbench.sideBar.location": "right",
        "fusion.openOnStartup": true,
        // The glow of a change is worth seeing.
        "workbench.reduceMotion": "off",
        "window.title": "Fusion Data Stream",
      },
    });
    try {
      await (await workbench.panel(60_000)).locator('[data-testid="card"]').first().waitFor();
      await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
      await workbench.importHistory(history);
      const panel = await openAnew(workbench);
      await takeTrend(workbench, panel);
      await workbench.resize(1200, 760);
      await takePanel(workbench, panel, company);
      await takeAlert(workbench, company);
    } finally {
      await workbench.close();
    }
  } finally {
    beside.dispose();
    company.dispose();
  }
}

/** The panel, whose cards ask for their last day when they are first seen. */
async function openAnew(workbench: Workbench): Promise<Frame> {
  await workbench.runCommand("View: Close All Editors");
  await waitFor(async () => (await workbench.openPanel()) === undefined);
  await workbench.runCommand("Fusion: Open Command Center");
  const panel = await workbench.panel();
  await panel.locator("fusion-sparkline path").first().waitFor({ state: "attached" });
  return panel;
}

async function takeTrend(workbench: Workbench, panel: Frame): Promise<void> {
  await panel.getByRole("button", { name: "Show trend of MRR" }).click();
  await panel.getByTestId("trend-add").selectOption("latency");
  await panel.locator('[data-range="7d"]').click();
  for (const [name, theme] of Object.entries(THEMES)) {
    await workbench.setTheme(theme);
    const plot = panel.locator(".u-over");
    await plot.waitFor();
    const { width = 0, height = 0 } = (await plot.boundingBox()) ?? {};
    const x = width * (1 - FIX_DAYS_AGO / 7);
    await plot.hover({ position: { x, y: height / 2 } });
    await panel.getByTestId("trend-readout").getByText(FIX).waitFor();
    await workbench.screenshot(`media/trend-${name}.png`);
  }
  await panel.getByTestId("trend-close").click();
}

async function takePanel(workbench: Workbench, panel: Frame, company: CompanyFolder): Promise<void> {
  for (const [name, theme] of Object.entries(THEMES)) {
    await workbench.setTheme(theme);
    await showsRevenue(panel, company, 12_000);
    await showsRevenue(panel, company, 12_450);
    await panel.locator('[data-metric="revenue"].pulse').waitFor();
    await workbench.screenshot(`media/panel-${name}.png`);
  }
}

async function takeAlert(workbench: Workbench, company: CompanyFolder): Promise<void> {
  await workbench.setTheme("Default Dark Modern");
  company.sync("ERROR: quota exceeded");
  await workbench.notification("Drive sync is ERROR").waitFor();
  await workbench.screenshot("media/alerts-dark.png");
}

async function showsRevenue(panel: Frame, company: CompanyFolder, mrr: number): Promise<void> {
  company.setRevenue(mrr);
  await panel.locator(`[data-metric="revenue"][data-value="${mrr}"]`).waitFor();
}

takePictures().catch((error) => {
  console.error(error);
  process.exit(1);
});
