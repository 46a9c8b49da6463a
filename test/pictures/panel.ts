/** Takes the pictures of the documentation from the running product: `npm run pictures`. */
import type { Frame } from "playwright-core";
import { CompanyFolder } from "../support/companyFolder.js";
import { recordWeek } from "../support/companyWeek.js";
import { TemporaryFolder } from "../support/temporaryFolder.js";
import { launchWorkbench, type Theme, type Workbench } from "../support/workbench.js";

const THEMES: Readonly<Record<string, Theme>> = {
  dark: "Default Dark Modern",
  light: "Default Light Modern",
};

async function takePictures(): Promise<void> {
  const present = Date.now();
  const company = new CompanyFolder(present);
  const exported = new TemporaryFolder();
  try {
    const history = exported.resolve("history.csv");
    await recordWeek(company, present, history);
    const workbench = await launchWorkbench({
      folder: company.path,
      viewport: { width: 1200, height: 760 },
      settings: {
        "workbench.sideBar.location": "right",
        "fusion.openOnStartup": true,
        "window.title": "Fusion Data Stream",
      },
    });
    try {
      await take(workbench, company, history);
    } finally {
      await workbench.close();
    }
  } finally {
    exported.dispose();
    company.dispose();
  }
}

async function take(workbench: Workbench, company: CompanyFolder, history: string): Promise<void> {
  const panel = await workbench.panel(60_000);
  await panel.locator('[data-testid="card"]').first().waitFor();
  await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
  await workbench.importHistory(history);
  for (const [name, theme] of Object.entries(THEMES)) {
    await workbench.setTheme(theme);
    await showsRevenue(panel, company, 12_000);
    company.setMemos(17);
    await showsRevenue(panel, company, 12_450);
    await panel.locator('[data-metric="revenue"].pulse').waitFor();
    await workbench.screenshot(`media/panel-${name}.png`);
  }
  await panel.getByRole("button", { name: "Show trend of MRR" }).click();
  await panel.getByTestId("trend-add").selectOption("latency");
  await panel.locator('[data-range="7d"]').click();
  for (const [name, theme] of Object.entries(THEMES)) {
    await workbench.setTheme(theme);
    await panel.locator('[data-testid="trend-chart"] canvas').waitFor();
    await workbench.screenshot(`media/trend-${name}.png`);
  }
  await panel.getByTestId("trend-close").click();
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
