import { displayValue } from "../../src/protocol/display.js";
import { inArabic } from "../support/languages.js";
import { holds } from "../support/panelHarness.js";
import { showsText, usePanels } from "../support/panelSuite.js";
import { builtInMetrics, metric, snapshot } from "../support/snapshots.js";

describe("The Command Center's values", () => {
  const panels = usePanels();

  for (const state of [{ locale: "en" }, { locale: "de" }, inArabic()]) {
    it(`are written in ${state.locale} as the status bar and the notifications write them`, async () => {
      const metrics = {
        ...builtInMetrics(),
        uptime: metric({ value: 11_520, format: "duration" }),
        release: metric({ value: "2026-12-24", format: "date" }),
        disk: metric({ value: 20_480_000, format: "bytes" }),
        load: metric({ value: 3.25, format: "percent" }),
      };
      const panel = await panels.open({ state, prepare: (stream) => holds(stream, snapshot({ metrics })) });
      for (const [id, each] of Object.entries(metrics)) {
        const written = displayValue(each, state.locale).replace(/\s+/g, " ");
        await showsText(panel.card(id).locator(".card-figure"), written);
      }
    });
  }
});
