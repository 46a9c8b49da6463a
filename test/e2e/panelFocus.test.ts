import type { PanelHarness } from "../support/panelHarness.js";
import { usePanels } from "../support/panelSuite.js";
import { alert, insights, snapshot } from "../support/snapshots.js";
import { useTrend } from "../support/trendSuite.js";
import { waitFor } from "../support/waitFor.js";

describe("The keyboard's place in the Command Center", () => {
  const panels = usePanels();

  it("stays at the interval that was set, and over a connection that is lost and found", async () => {
    const panel = await panels.open();
    await panel.page.waitForSelector('[data-testid="interval"]:enabled');
    await panel.find("interval").press("ArrowDown");
    await panel.find("interval").press("Enter");
    await waitFor(() => panel.stream.requests.includes("interval 6"));
    await hasFocus(panel, '[data-testid="interval"]:enabled');
    await panel.stream.stop();
    await panel.page.waitForSelector('[data-testid="interval"]:disabled:not(:focus)');
    await panel.restartStream();
    await hasFocus(panel, '[data-testid="interval"]:enabled');
  });

  it("goes to the first insight of those that were folded away", async () => {
    const panel = await panels.open({
      prepare: (stream) => {
        stream.snapshot = snapshot({ insights: insights(20) });
      },
    });
    await panel.find("insight-fold").press("Enter");
    await hasFocus(panel, "li:nth-child(13) > * > .insight");
  });

  it("goes to what stands beside a button that has done its work", async () => {
    const firing = alert();
    const panel = await panels.open({
      state: { concealed: true },
      prepare: (stream) => {
        stream.snapshot = snapshot();
        stream.alerts = [firing];
      },
    });
    await panel.find("privacy-end").press("Enter");
    await panel.setState({ concealed: false });
    await hasFocus(panel, '[data-testid="refresh"]');
    await panel.page.locator('[data-action="mute"]').press("Enter");
    panel.stream.tell([{ ...firing, muted: true }]);
    await hasFocus(panel, '[data-action="unmute"]');
  });

  it("moves with a card that somebody else moves, its explanation closed", async () => {
    const panel = await panels.open();
    const order = ["driveSync", "revenue", "memos", "recommendations"];
    await panel.card("memos").focus();
    panel.stream.emit(snapshot({ cards: order }));
    await panel.page.waitForSelector('fusion-metric-card:first-child > [data-metric="driveSync"]');
    await hasFocus(panel, '[data-metric="memos"]');
    await panel.page.locator('[data-metric="memos"] ~ * .why').press("Enter");
    await panel.page.waitForSelector(":popover-open");
    panel.stream.emit(snapshot({ cards: order.toReversed() }));
    await hasFocus(panel, '[data-metric="memos"] ~ * .why');
  });
});

describe("The keyboard's place in the trend", () => {
  const trend = useTrend();

  it("goes back to the card where the trend was asked for", async () => {
    const panel = await trend.open();
    await panel.find("trend-close").press("Enter");
    await hasFocus(panel, '[data-metric="revenue"] ~ .show-trend');
  });

  it("stays among the metrics when one leaves, and in the trend when it is read again", async () => {
    const panel = await trend.open();
    await panel.find("trend-add").selectOption("memos");
    await trend.shows(["revenue", "memos"]);
    await panel.find("trend-chip").nth(1).press("Enter");
    await hasFocus(panel, ".trend-metrics *");
    panel.stream.refusal = { ok: false, error: { code: "UNAVAILABLE", message: "locked" } };
    await panel.page.locator('[data-range="7d"]').press("Enter");
    const again = panel.page.locator('[data-testid="trend-error"] button');
    await again.waitFor();
    panel.stream.refusal = null;
    await again.press("Enter");
    await again.waitFor({ state: "detached" });
    await hasFocus(panel, ".trend *");
  });
});

async function hasFocus(panel: PanelHarness, selector: string): Promise<void> {
  await waitFor(
    () => panel.page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector),
    {
      message: `the focus on ${selector}`,
    },
  );
}
