/** How long a person waits for a range of the trend, from the click to the frame with it. Needs a Node.js with SQLite. */
import type { Browser, Page } from "playwright-core";
import { DEFAULT_HISTORY_POINTS } from "../../../src/protocol/history.js";
import { SPANS } from "../../../webview/model/trendData.js";
import { launchBrowser } from "../../support/browser.js";
import { HistoryFolder } from "../../support/historyFolder.js";
import { holds, PanelHarness } from "../../support/panelHarness.js";
import { metric, snapshot } from "../../support/snapshots.js";
import { note, percentile } from "../figures.js";
import { BARE_CHART, drawBareChart } from "../support/barePages.js";
import { benchmark } from "../support/benchmark.js";
import { MainThread } from "../support/mainThread.js";
import { fillYear, YEAR_METRICS } from "../support/yearOfMinutes.js";

const YEAR_MS = 365 * 86_400_000;
/** As many as the trend shows at once. */
const SHOWN = 4;
const ROUNDS = 4;
const IDS = Array.from({ length: YEAR_METRICS }, (_, index) => `metric${index + 1}`);

declare global {
  interface Window {
    /** When the page's canvases were last drawn on, on the page's own clock (ms). */
    drawnAt: number;
  }
}

async function measure(): Promise<void> {
  const place = new HistoryFolder();
  const browser = await launchBrowser();
  try {
    (await place.store()).close();
    const { DatabaseSync } = await import("node:sqlite");
    const database = new DatabaseSync(place.file);
    fillYear(database, Date.now() - YEAR_MS);
    database.close();
    const history = place.history();
    await history.stats();
    const metrics = Object.fromEntries(IDS.map((id) => [id, metric({ label: id, value: 5_000 })]));
    const panel = await PanelHarness.open(browser, {
      context: { viewport: { width: 1_200, height: 900 } },
      prepare: (stream) => {
        holds(stream, snapshot({ metrics }));
        stream.query = (query) => history.query(query);
      },
    });
    await panel.reach("connected");
    await panel.page.evaluate(watchCanvases);
    const waits: number[] = [];
    const thread = await MainThread.of(panel.page);
    let cost = 0;
    for (let first = 0; first < YEAR_METRICS; first += SHOWN) {
      await openTrend(panel, IDS.slice(first, first + SHOWN));
      for (let round = 0; round < ROUNDS; round++) {
        for (const span of Object.keys(SPANS)) {
          cost += await thread.cost(async () => waits.push(await panel.page.evaluate(drawn, span)));
        }
      }
    }
    await panel.close();
    const name = "click on a range to its frame, a year of minutes, four metrics at once";
    note({ name: `${name}, p50`, value: percentile(waits, 50), bound: 100, unit: "ms" });
    note({ name: `${name}, p95`, value: percentile(waits, 95), bound: 100, unit: "ms" });
    note({
      name: "processor time of the page for a range, against that of bare lines",
      value: cost / waits.length,
      baseline: await bareCost(browser),
      bound: null,
      unit: "ms",
    });
  } finally {
    await browser.close();
    await place.dispose();
  }
}

/** What it costs a page (ms) that only draws as many lines. */
async function bareCost(browser: Browser): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1_200, height: 900 } });
  await page.setContent(BARE_CHART);
  const thread = await MainThread.of(page);
  const times = ROUNDS * YEAR_METRICS;
  const cost = await thread.cost(async () => {
    for (let time = 0; time < times; time++)
      await page.evaluate(drawBareChart, { lines: SHOWN, points: DEFAULT_HISTORY_POINTS });
  });
  await page.close();
  return cost / times;
}

async function openTrend({ page }: PanelHarness, ids: readonly string[]): Promise<void> {
  const [first, ...others] = ids;
  await page.locator(`fusion-metric-card:has([data-metric="${first}"]) [data-testid="show-trend"]`).focus();
  await page.keyboard.press("Enter");
  for (const id of others) await page.locator('[data-testid="trend-add"]').selectOption(id);
  await page.waitForFunction(
    (count) => document.querySelectorAll('[data-testid="trend-chip"]').length === count,
    ids.length,
  );
  await idle(page);
}

/** Until nothing more is read. */
async function idle(page: Page): Promise<void> {
  await page.waitForSelector('[data-testid="trend"][aria-busy="false"] canvas');
}

/** Runs in the page: uPlot begins every drawing with a cleared canvas. */
function watchCanvases(): void {
  window.drawnAt = 0;
  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    window.drawnAt = performance.now();
    clearRect.apply(this, box);
  };
}

/** Runs in the page: milliseconds from a click on a range to the end of the frame with its lines. */
function drawn(span: string): Promise<number> {
  const trend = document.querySelector('[data-testid="trend"]');
  const button = document.querySelector<HTMLElement>(`[data-range="${span}"]`);
  if (!trend || !button) throw new Error("There is no trend");
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const observer = new MutationObserver(() => {
      if (trend.getAttribute("aria-busy") !== "false") return;
      observer.disconnect();
      requestAnimationFrame(() => {
        // After the frame's own work, painting among it.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          if (window.drawnAt < begun) reject(new Error("Nothing was drawn"));
          else resolve(performance.now() - begun);
        };
        port2.postMessage(null);
      });
    });
    observer.observe(trend, { attributes: true, attributeFilter: ["aria-busy"] });
    button.click();
  });
}

benchmark({ "ranges of the trend": measure });
