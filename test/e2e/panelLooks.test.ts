import assert from "node:assert/strict";
import { seriousViolations } from "../support/axe.js";
import { PANEL_LOOKS } from "../support/panelLooks.js";
import { usePanels } from "../support/panelSuite.js";
import { THEMES } from "../support/themes.js";

describe("The Command Center has no serious accessibility violations", () => {
  const panels = usePanels();

  for (const { name, options, reach } of PANEL_LOOKS) {
    for (const theme of THEMES) {
      it(`${name}, in ${theme.name}`, async () => {
        const panel = await panels.open({ ...options, theme });
        await reach(panel);
        assert.deepEqual(await seriousViolations(panel.page), []);
      });
    }
  }
});
