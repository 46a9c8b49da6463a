import assert from "node:assert/strict";
import { fullOptions, unfold } from "../support/fullPanel.js";
import { inArabic } from "../support/languages.js";
import { usePanels } from "../support/panelSuite.js";
import { lossOf } from "../support/reflow.js";

const LANGUAGES = { English: {}, Arabic: inArabic() };

/** Windows in CSS pixels: at 200 % one has half as many of them as it has at 100 %. */
const WINDOWS = {
  "320 pixels": { viewport: { width: 320, height: 800 } },
  "420 pixels": { viewport: { width: 420, height: 800 } },
  "900 pixels at 200 %": { viewport: { width: 450, height: 400 }, deviceScaleFactor: 2 },
  "2000 pixels": { viewport: { width: 2000, height: 900 } },
};

describe("The Command Center in a window of", () => {
  const panels = usePanels();

  for (const [size, context] of Object.entries(WINDOWS)) {
    for (const [language, state] of Object.entries(LANGUAGES)) {
      it(`${size} loses nothing in ${language}`, async () => {
        const panel = await panels.open({ ...fullOptions(state), context });
        await unfold(panel);
        assert.deepEqual(await lossOf(panel.page), { sideways: 0, outside: [], cut: [], covered: [] });
        await panel.find("trend-table-toggle").click();
        await panel.find("trend-custom").click();
        await panel.find("trend-table").waitFor();
        assert.deepEqual(await lossOf(panel.page), { sideways: 0, outside: [], cut: [], covered: [] });
      });
    }
  }
});
