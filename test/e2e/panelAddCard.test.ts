import type { PanelHarness } from "../support/panelHarness.js";
import { usePanels } from "../support/panelSuite.js";
import { metric, snapshot } from "../support/snapshots.js";

const NO_DATA = { folders: [{ uri: "file:///dashboard", name: "ahk-dashboard", hasData: false }] };

describe("The Command Center's place for the next card", () => {
  const panels = usePanels();
  let panel: PanelHarness;

  it("stands behind the last card, and leads to a metric by the keyboard too", async () => {
    panel = await panels.open();
    await panel.card("revenue").waitFor();
    await panel.page.locator("fusion-metric-card + fusion-add-card").waitFor();
    await panel.page.getByRole("button", { name: "Add metric" }).press("Enter");
    await panel.sent({ type: "action", action: "addMetric" });
  });

  it("is offered where there is no data yet", async () => {
    panel = await panels.open({ prepare: () => {}, state: NO_DATA });
    await panel.page.getByRole("button", { name: "Add metric from file…" }).click();
    await panel.sent({ type: "action", action: "addMetric" });
  });

  it("is taken by a new card, which comes into view and pulses", async () => {
    panel = await panels.open({ context: { viewport: { width: 320, height: 400 } } });
    await panel.card("revenue").waitFor();
    const reveal = { type: "revealMetric", metric: 'it\'s "new"' } as const;
    await panel.post(reveal);
    const { metrics, cards } = snapshot();
    const more = { ...metrics, [reveal.metric]: metric({ label: "New", value: 7 }) };
    panel.stream.emit(snapshot({ metrics: more, cards: [...cards, reveal.metric] }));
    const card = panel.page.locator('[data-testid="card"]').filter({ hasText: "New" });
    await card.and(panel.page.locator(".pulse")).waitFor();
    await panel.page.waitForFunction(() => window.scrollY > 0);
  });
});
