import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { type Colour, contrast } from "../support/contrast.js";
import { fullOptions, unfold } from "../support/fullPanel.js";
import type { PanelHarness } from "../support/panelHarness.js";
import { usePanels } from "../support/panelSuite.js";
import { THEMES } from "../support/themes.js";
import { waitFor } from "../support/waitFor.js";

describe("The Command Center for everybody", () => {
  const panels = usePanels();
  let panel: PanelHarness;

  for (const theme of THEMES) {
    for (const reducedMotion of ["no-preference", "reduce"] as const) {
      it(`pulses with a contrast of 3 to 1 in ${theme.name}, motion: ${reducedMotion}`, async () => {
        panel = await panels.open({ theme, context: { reducedMotion } });
        await panel.card("revenue").waitFor();
        panel.change({ value: 12_900 });
        await waitFor(async () => {
          const [pulse, ground] = await borderAndGround(panel.page);
          return pulse !== undefined && ground !== undefined && contrast(pulse, ground) >= 3;
        });
      });
    }
  }

  for (const reducedMotion of ["no-preference", "reduce"] as const) {
    it(`pulses in a contrast theme of the system, motion: ${reducedMotion}`, async () => {
      panel = await panels.open({ context: { forcedColors: "active", reducedMotion } });
      await panel.card("revenue").waitFor();
      panel.change({ value: 12_900 });
      const outlined = await panel.page.waitForSelector(".card.pulse");
      const { style, width } = await outlined.evaluate((card) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(card);
        return { style: outlineStyle, width: outlineWidth };
      });
      assert.deepEqual([style, width], ["solid", "3px"]);
    });
  }

  it("keeps the colours that say something in a contrast theme of the system", async () => {
    panel = await panels.open({ ...fullOptions(), context: { forcedColors: "active" } });
    await unfold(panel);
    const grounds = (selector: string) =>
      panel.page
        .locator(selector)
        .evaluateAll((all) => all.map((each) => getComputedStyle(each).backgroundColor));
    const [page] = await grounds("body");
    const marks = [...(await grounds(".pill-dot")), ...(await grounds(".pulse-run"))];
    for (const mark of marks) assert.notEqual(mark, page);
    const swatches = await grounds(".trend-swatch");
    assert.equal(new Set(swatches).size, swatches.length, swatches.join());
    assert.ok(swatches.length > 1);
  });

  it("keeps still where VS Code itself is to, whatever the system says", async () => {
    panel = await panels.open();
    await panel.reach("connected");
    await panel.page.evaluate(() => document.body.classList.add("vscode-reduce-motion"));
    panel.change({ value: 99_000 });
    await panel.page.waitForSelector(".card.pulse");
    assert.equal(await panel.page.evaluate(() => document.getAnimations().length), 0);
  });
});

/** Of the card that pulses, and of the page around it; empty while none pulses. */
function borderAndGround(page: Page): Promise<Colour[]> {
  return page.evaluate(() => {
    const card = document.querySelector(".card.pulse");
    if (!card) return [];
    const brush = document.createElement("canvas").getContext("2d");
    if (!brush) return [];
    return [getComputedStyle(card).borderTopColor, getComputedStyle(document.body).backgroundColor].map(
      (colour) => {
        brush.fillStyle = colour;
        brush.fillRect(0, 0, 1, 1);
        return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
      },
    );
  });
}
