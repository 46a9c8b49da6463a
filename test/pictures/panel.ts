/** Takes the pictures of the documentation from the running product: `npm run pictures`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sampleWorkspace } from "../support/sampleWorkspace.js";
import { launchWorkbench, type Theme } from "../support/workbench.js";

const PICTURES: Readonly<Record<string, Theme>> = {
  "media/panel-dark.png": "Default Dark Modern",
  "media/panel-light.png": "Default Light Modern",
};

async function takePictures(): Promise<void> {
  const sample = await sampleWorkspace();
  const revenue = join(sample.folder, "revenue_snapshot.json");
  const workbench = await launchWorkbench({
    folder: sample.folder,
    viewport: { width: 1200, height: 760 },
    settings: { "workbench.sideBar.location": "right", "window.title": "Fusion Data Stream" },
  });
  try {
    const panel = await workbench.panel();
    await panel.locator('[data-testid="card"]').first().waitFor();
    await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
    writeFileSync(join(sample.folder, "memo_index.json"), '{ "totalMemos": 16 }');
    await panel.locator('[data-metric="memos"][data-value="16"]').waitFor();
    for (const [file, theme] of Object.entries(PICTURES)) {
      await workbench.setTheme(theme);
      writeFileSync(revenue, '{ "mrr": 12000 }');
      await panel.locator('[data-metric="revenue"][data-value="12000"]').waitFor();
      writeFileSync(join(sample.folder, "memo_index.json"), '{ "totalMemos": 17 }');
      writeFileSync(revenue, '{ "mrr": 12450 }');
      await panel.locator('[data-metric="revenue"][data-value="12450"].pulse').waitFor();
      await workbench.screenshot(file);
    }
  } finally {
    await workbench.close();
    await sample.remove();
  }
}

takePictures().catch((error) => {
  console.error(error);
  process.exit(1);
});
