import assert from "node:assert/strict";
import { type AxeResults, source as axeSource } from "axe-core";
import type { HistoryPoint } from "../../src/protocol/history.js";
import { holds, type PanelHarness } from "../support/panelHarness.js";
import { usePanels } from "../support/panelSuite.js";
import { recentHistory } from "../support/recentHistory.js";
import { THEMES, type Theme } from "../support/themes.js";
import { waitFor } from "../support/waitFor.js";

describe("The trend", () => {
  const panels = usePanels();
  let panel: PanelHarness;

  async function openTrend(theme?: Theme): Promise<void> {
    panel = await panels.open({
      theme,
      prepare: (stream) => {
        holds(stream);
        stream.history = recentHistory(Date.now());
      },
    });
    await panel.reach("connected");
    await panel.find("show-trend").nth(1).focus();
    await panel.page.keyboard.press("Enter");
    await panel.page.waitForSelector('[data-testid="trend-chart"] canvas');
  }

  async function shows(metrics: readonly string[]): Promise<void> {
    await waitFor(async () => {
      const given = metrics.flatMap((id): readonly HistoryPoint[] => panel.stream.answered.get(id) ?? []);
      const points = Number(await panel.find("trend").getAttribute("data-points"));
      return given.length > 0 && points === given.length;
    });
  }

  it("opens by keyboard with the points that the stream gave", async () => {
    await openTrend();
    await shows(["revenue"]);
  });

  it("shows several metrics, words among them, and the same as a table", async () => {
    await openTrend();
    await panel.find("trend-add").selectOption("driveSync");
    await waitFor(() => panel.stream.answered.has("driveSync"));
    await shows(["revenue", "driveSync"]);
    await panel.find("trend-table-toggle").click();
    assert.deepEqual(await panel.find("trend-table").locator("thead th").allTextContents(), [
      ...["Time", "MRR", "Drive sync"],
    ]);
    assert.match((await panel.find("trend-table").textContent()) ?? "", /ERROR/);
  });

  it("grows at its right edge", async () => {
    await openTrend();
    await shows(["revenue"]);
    const before = Number(await panel.find("trend").getAttribute("data-points"));
    panel.change({ value: 99_000 });
    await waitFor(async () => Number(await panel.find("trend").getAttribute("data-points")) === before + 1);
  });

  it("changes its range by its buttons and the keyboard", async () => {
    await openTrend();
    await panel.page.locator('[data-range="1h"]').click();
    await waitFor(() => (panel.stream.answered.get("revenue")?.length ?? 99) < 10);
    await shows(["revenue"]);
    await panel.find("trend-chart").press("-");
    await waitFor(() => panel.stream.requests.filter((each) => each === "history revenue").length === 3);
  });

  it("says that it could not be read, and tries again", async () => {
    await openTrend();
    panel.stream.refusal = { ok: false, error: { code: "UNAVAILABLE", message: "the disk is full" } };
    await panel.page.locator('[data-range="7d"]').click();
    await panel.find("trend-error").waitFor();
    panel.stream.refusal = null;
    await panel.find("trend-error").getByRole("button").click();
    await panel.page.waitForSelector('[data-testid="trend-chart"] canvas');
  });

  for (const theme of THEMES) {
    it(`has no serious accessibility violations in ${theme.name}`, async () => {
      await openTrend(theme);
      assert.deepEqual(await violations(), []);
      await panel.find("trend-table-toggle").click();
      await panel.find("trend-table").waitFor();
      assert.deepEqual(await violations(), []);
    });
  }

  async function violations(): Promise<string[]> {
    await panel.page.evaluate(axeSource);
    const found: AxeResults = await panel.page.evaluate("axe.run()");
    return found.violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }
});
