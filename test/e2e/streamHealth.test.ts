import assert from "node:assert/strict";
import { type AxeResults, source as axeSource } from "axe-core";
import { holds, type PanelHarness } from "../support/panelHarness.js";
import { showsText, usePanels } from "../support/panelSuite.js";
import { sourceFigures, status, streamHealth } from "../support/snapshots.js";
import { THEMES } from "../support/themes.js";
import { waitFor } from "../support/waitFor.js";

describe("The stream's health in the panel", () => {
  const panels = usePanels();
  let panel: PanelHarness;

  const open = async (options: Parameters<typeof panels.open>[0] = {}) => {
    panel = await panels.open({
      ...options,
      prepare: (stream) => {
        holds(stream);
        stream.health = streamHealth();
      },
    });
    await panel.reach("connected");
    await panel.find("stream-health").waitFor();
  };
  const unfold = async () => {
    await panel.find("stream-health").locator("summary").click();
    await panel.find("source").first().waitFor();
  };
  const asked = () => panel.stream.requests.filter((request) => request === "health").length;
  const tile = (figure: string) => panel.page.locator(`.tile[data-figure="${figure}"] dd`);

  it("is closed at first, and costs the stream nothing", async () => {
    await open();
    panel.change({ value: 12_900 });
    panel.stream.say(status());
    await panel.page.waitForSelector('[data-metric="revenue"][data-value="12900"]');
    assert.equal(await panel.find("stream-health").evaluate((each: HTMLDetailsElement) => each.open), false);
    assert.equal(await panel.page.locator(".tile").count(), 0);
    assert.equal(asked(), 0);
  });

  it("unfolds by keyboard to figures, failures and sources", async () => {
    await open();
    await panel.find("stream-health").locator("summary").press("Enter");
    await showsText(tile("emissions"), "42");
    await showsText(tile("failed"), "0 %");
    await showsText(tile("collect"), "0.8 ms");
    await showsText(tile("memory"), "21 MB");
    await showsText(tile("cpu"), "0.1 %");
    await showsText(panel.find("failure"), /no handles left$/);
    assert.equal(await panel.find("source").count(), 4);
    const row = panel.find("source").nth(1);
    await showsText(row, /drive_sync\.log stale/);
    await showsText(row, /1\.5 KB\s*0\.8 ms\s*2\.4 ms$/);
    await showsText(row.getByTestId("source-error"), /the file may not be read\.$/);
  });

  it("follows the stream while it is open, and stops when it is closed", async () => {
    await open();
    await unfold();
    const slow = sourceFigures({ cost: { last: 480, p95: 480 } });
    panel.stream.health = { ...streamHealth({ totalEmissions: 43 }), sources: [slow] };
    panel.stream.say(status());
    await showsText(tile("emissions"), "43");
    await showsText(panel.find("source"), /480 ms/);
    // Without a word from the stream: memory and load change by themselves.
    panel.stream.health = streamHealth({ cpuPercent: 7 });
    await showsText(tile("cpu"), "7 %");
    await panel.find("stream-health").locator("summary").click();
    await waitFor(async () => (await panel.page.locator(".tile").count()) === 0);
    const before = asked();
    panel.stream.say(status({ interval: { minutes: 7 } }));
    await waitFor(async () => (await panel.find("interval").inputValue()) === "7");
    assert.equal(asked(), before);
  });

  it("is still open after a reload", async () => {
    await open();
    await unfold();
    await panel.page.reload();
    await panel.find("source").first().waitFor();
  });

  for (const theme of THEMES) {
    it(`has no accessibility violations in ${theme.name}`, async () => {
      await open({ theme });
      await unfold();
      await panel.page.evaluate(axeSource);
      const found: AxeResults = await panel.page.evaluate('axe.run(".stream-health")');
      assert.deepEqual(
        found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
        [],
      );
    });
  }

  for (const width of [320, 420, 2000]) {
    it(`cuts nothing off at ${width} pixels`, async () => {
      await open({ context: { viewport: { width, height: 800 } } });
      await unfold();
      const beyond = await panel.page.evaluate(() => {
        const cut = (element: Element) => element.scrollWidth > element.clientWidth;
        return {
          page: document.documentElement.scrollWidth - window.innerWidth,
          cells: [...document.querySelectorAll(".tile, .sources, .sources tr > *, .trouble")].filter(cut)
            .length,
        };
      });
      assert.deepEqual(beyond, { page: 0, cells: 0 });
    });
  }
});
