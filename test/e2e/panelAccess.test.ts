import assert from "node:assert/strict";
import { type AxeResults, source as axeSource } from "axe-core";
import { holds, type PanelHarness } from "../support/panelHarness.js";
import { usePanels } from "../support/panelSuite.js";
import { ago, builtInMetrics, insights, metric, snapshot } from "../support/snapshots.js";
import { THEMES } from "../support/themes.js";

describe("The Command Center for everybody", () => {
  const panels = usePanels();
  let panel: PanelHarness;

  for (const theme of THEMES) {
    it(`has no serious accessibility violations in ${theme.name}`, async () => {
      const stale = metric({ ...builtInMetrics().revenue, stale: true, error: "line 3: unexpected end" });
      panel = await panels.open({
        theme,
        state: { workspaceTrusted: false },
        prepare: (stream) => holds(stream, snapshot({ timestamp: ago(720), insights: insights(10) })),
      });
      await panel.find("stale-warning").waitFor();
      await panel.find("insight-toggle").first().click();
      assert.deepEqual(await violations(), []);
      panel.change(stale);
      await panel.reach("connected");
      await panel.stream.stop();
      await panel.reach("disconnected");
      assert.deepEqual(await violations(), []);
      await panel.setState({ folders: [], activeFolder: null });
      await panel.find("no-folder").waitFor();
      assert.deepEqual(await violations(), []);
    });
  }

  for (const width of [320, 420, 2000]) {
    it(`cuts nothing off at ${width} pixels`, async () => {
      panel = await panels.open({ context: { viewport: { width, height: 800 } } });
      await panel.find("feed-entry").first().waitFor();
      const beyond = await panel.page.evaluate(() => {
        const cut = (element: Element) => element.scrollWidth > element.clientWidth;
        return {
          page: document.documentElement.scrollWidth - window.innerWidth,
          values: [...document.querySelectorAll(".card-figure, .card-foot, .times")].filter(cut).length,
        };
      });
      assert.deepEqual(beyond, { page: 0, values: 0 });
    });
  }

  async function violations(): Promise<string[]> {
    // A pulse in mid-air has the colours of no state.
    await panel.page.waitForSelector("body:not(:has(.pulse))");
    await panel.page.evaluate(axeSource);
    const found: AxeResults = await panel.page.evaluate("axe.run()");
    return found.violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }
});
