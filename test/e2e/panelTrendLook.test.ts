import assert from "node:assert/strict";
import { type Colour, contrast } from "../support/contrast.js";
import { holds } from "../support/panelHarness.js";
import { showsText } from "../support/panelSuite.js";
import { recentHistory } from "../support/recentHistory.js";
import { ago, alert, builtInMetrics, metric, snapshot } from "../support/snapshots.js";
import { THEMES } from "../support/themes.js";
import { useTrend } from "../support/trendSuite.js";
import { waitFor } from "../support/waitFor.js";

declare global {
  interface Window {
    /** Where the times of the chart's axis were written last, in its pixels. */
    times: { readonly text: string; readonly from: number; readonly to: number }[];
    /** Of the chart's texts, in sRGB from 0 to 255. */
    inks: Record<string, Colour>;
  }
}

/** Runs in the page: a canvas does not tell what is written on it. */
function noteTimes(): void {
  const { clearRect, fillText } = CanvasRenderingContext2D.prototype;
  window.times = [];
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    window.times = [];
    clearRect.apply(this, box);
  };
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const half = this.measureText(text).width / 2;
    if (this.textAlign === "center") window.times.push({ text, from: x - half, to: x + half });
    fillText.call(this, text, x, y);
  };
}

/** Runs in the page: notes the colours of what is written on the chart, as a pixel of each. */
function noteInks(): void {
  const { fillText } = CanvasRenderingContext2D.prototype;
  const pixel = new OffscreenCanvas(1, 1).getContext("2d");
  window.inks = {};
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    if (pixel) {
      pixel.fillStyle = this.fillStyle;
      pixel.fillRect(0, 0, 1, 1);
      window.inks[text] = [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3);
    }
    fillText.call(this, text, x, y);
  };
}

describe("The trend's look", () => {
  const trend = useTrend();

  it("shows a history of seconds in the hour that it lies in, near its values", async () => {
    const panel = await trend.open(undefined, (stream) => {
      stream.history = recentHistory(Date.now(), 10 / 3_600, 5_000);
    });
    await waitFor(
      async () => (await panel.page.locator('[data-range="1h"]').getAttribute("aria-pressed")) === "true",
    );
    await showsText(panel.find("trend-readout"), /Recorded since/);
    await waitFor(async () => (await trend.pixels([212, 175, 55])) > 10);
  });

  for (const locale of ["en", "ar", "de"]) {
    it(`keeps the times of its axis apart where there is little room, in ${locale}`, async () => {
      const panel = await trend.open(undefined, undefined, {
        state: { locale },
        context: { viewport: { width: 360, height: 900 } },
        init: noteTimes,
      });
      for (const [index, range] of ["1y", "30d", "7d", "1h"].entries()) {
        await panel.page.locator(`[data-range="${range}"]`).click();
        await trend.asked(index + 2);
        await panel.page.waitForSelector('[data-testid="trend"][aria-busy="false"]');
        const times = await panel.page.evaluate(() => window.times.toSorted((a, b) => a.from - b.from));
        assert.ok(times.length > 1, `${range} has times`);
        for (const [before, after] of times.slice(1).map((time, at) => [times[at], time] as const)) {
          assert.ok(before && before.to + 4 < after.from, `${range}: ${before?.text} touches ${after.text}`);
        }
      }
    });
  }

  const phase = metric({ label: "Phase", value: "Beta", format: "text" });
  const metrics = { ...builtInMetrics(), phase };
  for (const theme of THEMES) {
    it(`writes the values of its axes with a contrast of 4.5 to 1 in ${theme.name}`, async () => {
      const panel = await trend.open(theme, (stream) => holds(stream, snapshot({ metrics })), {
        init: noteInks,
      });
      const ground = await panel.page.locator(".trend-box").evaluate((box) => {
        const brush = new OffscreenCanvas(1, 1).getContext("2d");
        if (!brush) return [];
        brush.fillStyle = getComputedStyle(box).backgroundColor;
        brush.fillRect(0, 0, 1, 1);
        return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
      });
      const areLegible = async () => {
        const inks = Object.entries(await panel.page.evaluate(() => window.inks));
        assert.ok(inks.length > 4);
        assert.deepEqual(
          inks.filter(([, ink]) => contrast(ink, ground) < 4.5),
          [],
        );
      };
      const add = (id: string) => panel.find("trend-add").selectOption(id);
      await add("memos");
      await trend.shows(["revenue", "memos"]);
      await waitFor(() => panel.page.evaluate(() => "$12,400" in window.inks && "17" in window.inks));
      await areLegible();
      // Behind two metrics that are words, the axes have the third and the fourth colour.
      for (const id of ["driveSync", "phase"]) await add(id);
      for (const _number of ["revenue", "memos"]) await panel.find("trend-chip").first().click();
      await panel.page.evaluate(() => {
        window.inks = {};
      });
      for (const id of ["revenue", "memos"]) await add(id);
      await trend.shows(["driveSync", "phase", "revenue", "memos"]);
      await waitFor(() => panel.page.evaluate(() => "$12,400" in window.inks && "17" in window.inks));
      await areLegible();
    });
  }

  it("reads out the values that its dots stand on", async () => {
    const panel = await trend.open();
    await panel.find("trend-add").selectOption("memos");
    await trend.shows(["revenue", "memos"]);
    const over = await trend.overBox();
    for (const part of [0.05, 0.31, 0.62, 0.77, 0.99]) {
      await panel.page.mouse.move(over.x + over.width * part, over.y + 60);
      const dots = panel.find("trend-cursor-dot");
      await waitFor(async () => {
        const [revenue, memos] = await dots.evaluateAll((all) =>
          (all as HTMLElement[]).map(({ hidden, dataset }) => (hidden ? null : Number(dataset.value))),
        );
        const written = revenue === null ? "–" : `$${revenue?.toLocaleString("en")}`;
        const said = (await panel.find("trend-readout").textContent()) ?? "";
        return said.endsWith(` · MRR: ${written} · Memos: ${memos ?? "–"}`);
      });
    }
  });

  it("tells states apart by patterns and names them in a key", async () => {
    const panel = await trend.open();
    await panel.find("trend-add").selectOption("driveSync");
    await showsText(panel.find("trend-key"), "ERROR OK");
    const patterns = await panel
      .find("trend-key")
      .locator("[data-pattern]")
      .evaluateAll((all) => (all as HTMLElement[]).map(({ dataset }) => dataset.pattern));
    assert.deepEqual(patterns, ["solid", "plain"]);
    await waitFor(async () => (await trend.pixels([248, 81, 73])) > 50);
  });

  it("keeps its tools in one row, from a wide panel to a narrow one", async () => {
    const panel = await trend.open();
    for (const id of ["driveSync", "memos", "recommendations"]) {
      await panel.find("trend-add").selectOption(id);
      await waitFor(() => panel.stream.answered.has(id));
    }
    for (const width of [1600, 1200, 440, 320]) {
      await panel.page.setViewportSize({ width, height: 900 });
      const tools = await panel.page
        .locator(".trend-tools > *, .trend-ranges > button")
        .evaluateAll((all) => all.map((each) => each.getBoundingClientRect()));
      const middles = tools.map(({ top, height }) => Math.round(top + height / 2));
      assert.ok(Math.max(...middles) - Math.min(...middles) <= 2, `${width}: ${middles}`);
      assert.ok(
        tools.every(({ right }) => right <= width),
        `${width}: nothing reaches over the edge`,
      );
    }
  });

  it("has room for its values beside an alert's times in a narrow table", async () => {
    const panel = await trend.open(undefined, (stream) => {
      stream.alerts = [alert({ since: ago(7_200), resolvedAt: ago(3_600), state: "resolved" })];
    });
    await panel.find("trend-add").selectOption("memos");
    await trend.shows(["revenue", "memos"]);
    await panel.page.setViewportSize({ width: 360, height: 900 });
    await panel.find("trend-table-toggle").click();
    const mark = panel.find("trend-mark").locator("td");
    assert.equal(await mark.evaluate((cell) => getComputedStyle(cell).textAlign), "start");
    const hidden = await panel.page
      .locator(".trend-scroll")
      .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    assert.ok(hidden <= 0, `${hidden} px of the table are out of sight`);
  });

  it("is drawn anew in another theme's colours", async () => {
    const panel = await trend.open();
    await waitFor(async () => (await trend.pixels([212, 175, 55])) > 50);
    await panel.page.evaluate(() => {
      document.body.className = "vscode-light";
    });
    await waitFor(
      async () => (await trend.pixels([144, 119, 37])) > 50 && (await trend.pixels([212, 175, 55])) === 0,
    );
  });
});
