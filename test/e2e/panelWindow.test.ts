import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import { Palette } from "../support/palette.js";
import { useSampleWindow } from "../support/sampleWindow.js";
import { waitFor } from "../support/waitFor.js";

const SLOW = { timeout: 30_000 };

describe("the panel in a window of its own", () => {
  const opened = useSampleWindow();
  let beside: Page;
  let panel: Frame;

  it("goes on live there, and is still the one panel", async () => {
    await (await opened.workbench.panel()).locator('[data-value="12450"]').waitFor();
    const opening = opened.workbench.page.context().waitForEvent("page", SLOW);
    await opened.workbench.runCommand("View: Move Editor into New Window");
    beside = await opening;
    panel = await waitFor(
      async () => {
        for (const frame of beside.frames()) {
          if (await frame.locator('[data-value="12450"]').count()) return frame;
        }
        return undefined;
      },
      { ...SLOW, message: "the panel in its window" },
    );
    writeFileSync(join(opened.folder, "revenue_snapshot.json"), '{"mrr": 12600, "currency": "USD"}');
    await panel.locator('[data-metric="revenue"][data-value="12600"]').waitFor();
    await new Palette(beside).run("Fusion: Open Command Center");
    assert.equal(await opened.workbench.openPanel(), undefined);
  });

  it("opens a card's file in the window beside it, never over itself", async () => {
    await panel.locator('[data-testid="card"][data-metric="revenue"]').click();
    await opened.workbench.page.locator('.tab[data-resource-name="revenue_snapshot.json"]').waitFor();
    await panel.locator('[data-metric="revenue"][data-value="12600"]').waitFor();
  });
});
