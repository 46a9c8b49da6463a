import assert from "node:assert/strict";
import type { HistoryPoint, HistoryRange } from "../../src/protocol/history.js";
import { type HarnessOptions, holds, type PanelHarness } from "./panelHarness.js";
import { usePanels } from "./panelSuite.js";
import { recentHistory } from "./recentHistory.js";
import type { Theme } from "./themes.js";
import { waitFor } from "./waitFor.js";

/** Gives a suite panels in which the trend of MRR has been asked for, and what to do with it. */
export function useTrend() {
  const panels = usePanels();
  let panel: PanelHarness;

  /** A chart that is drawn anew has none for a moment. */
  function overBox() {
    return waitFor(() => panel.page.locator(".trend-chart .u-over").boundingBox());
  }

  return {
    overBox,

    /** Asks for the trend by keyboard. */
    async askFor(
      theme?: Theme,
      prepare: HarnessOptions["prepare"] = () => {},
      options: HarnessOptions = {},
    ): Promise<PanelHarness> {
      panel = await panels.open({
        ...options,
        theme,
        prepare: (stream) => {
          holds(stream);
          stream.history = recentHistory(Date.now());
          prepare(stream);
        },
      });
      await panel.reach("connected");
      await panel.find("show-trend").nth(1).focus();
      await panel.page.keyboard.press("Enter");
      return panel;
    },

    /** As `askFor`, until the chart is there. */
    async open(
      theme?: Theme,
      prepare?: HarnessOptions["prepare"],
      options?: HarnessOptions,
    ): Promise<PanelHarness> {
      await this.askFor(theme, prepare, options);
      await panel.page.waitForSelector('[data-testid="trend-chart"] canvas');
      return panel;
    },

    /** Waits until it has the points that the stream gave of these metrics, and no others. */
    async shows(metrics: readonly string[]): Promise<void> {
      await waitFor(async () => {
        const given = metrics.flatMap((id): readonly HistoryPoint[] => panel.stream.answered.get(id) ?? []);
        const points = Number(await panel.find("trend").getAttribute("data-points"));
        return given.length > 0 && points === given.length;
      });
    },

    /** The range of the trend's question with that number, counted from 1, the last one so far. */
    async asked(number: number): Promise<HistoryRange> {
      await waitFor(() => panel.stream.ranges.length >= number);
      assert.equal(panel.stream.ranges.length, number);
      const range = panel.stream.ranges[number - 1];
      assert.ok(range);
      return range;
    },

    /** Drags over the chart, from one part of its width to another. */
    async drag(from: number, to: number): Promise<void> {
      const { x, y, width } = await overBox();
      await panel.page.mouse.move(x + width * from, y + 60);
      await panel.page.mouse.down();
      await panel.page.mouse.move(x + width * to, y + 60, { steps: 5 });
      await panel.page.mouse.up();
    },

    /** How many of the chart's pixels have a colour. */
    pixels(colour: readonly [number, number, number]): Promise<number> {
      return panel.page.evaluate((wanted) => {
        const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="trend-chart"] canvas');
        const image = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        for (let at = 0; image && at < image.data.length; at += 4) {
          const near = wanted.every((part, index) => Math.abs((image.data[at + index] ?? 0) - part) < 4);
          if (near && image.data[at + 3] === 255) count++;
        }
        return count;
      }, colour);
    },
  };
}
