/** How soon the page is painted, and how smoothly forty cards change. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import type { Metric } from "../../../src/protocol/snapshot.js";
import { launchBrowser } from "../../support/browser.js";
import { holds, PanelHarness } from "../../support/panelHarness.js";
import { ago, metric, snapshot } from "../../support/snapshots.js";
import { note, percentile } from "../figures.js";
import { BARE_CARDS, BARE_LINE, changeBareCards } from "../support/barePages.js";
import { benchmark } from "../support/benchmark.js";
import { MainThread } from "../support/mainThread.js";

/** So many that the slowest alone is not the p95. */
const OPENINGS = 30;
const CARDS = 40;
const CHANGES = 10;
/** Milliseconds between two changes: as long as half a pulse. */
const PAUSE = 750;

async function withBrowser(work: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await launchBrowser();
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

/**
 * From the navigation on, by the browser's own account: the first paint has the header and the cards' labels; then come
 * the values. How long VS Code takes to get there is measured in VS Code, from the command on.
 */
async function firstPaint(browser: Browser): Promise<void> {
  const bare: number[] = [];
  const paints: number[] = [];
  const values: number[] = [];
  const barePage = await serveBareLine();
  for (let round = 0; round < OPENINGS; round++) {
    // First, for the browser's first page of all waits for what the browser still starts.
    bare.push(await bareFirstPaint(browser, barePage));
    const panel = await PanelHarness.open(browser, { isKnown: true, init: markValues });
    await panel.reach("connected");
    values.push(await timeOf("values", panel.page));
    paints.push(await timeOf("first-contentful-paint", panel.page));
    await panel.close();
  }
  note({ name: "the panel's first paint, p50", value: percentile(paints, 50), bound: 300, unit: "ms" });
  note({ name: "the panel's first paint, p95", value: percentile(paints, 95), bound: 300, unit: "ms" });
  note({
    name: "the panel's first paint, against that of a page of one line",
    value: percentile(paints, 50),
    baseline: percentile(bare, 50),
    bound: null,
    unit: "ms",
  });
  note({ name: "the panel's first values, p50", value: percentile(values, 50), bound: null, unit: "ms" });
  note({ name: "the panel's first values, p95", value: percentile(values, 95), bound: null, unit: "ms" });
}

/** Serves a page of one line until the process ends. Resolves with its address. */
async function serveBareLine(): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(BARE_LINE);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function bareFirstPaint(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 900, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  const paint = await timeOf("first-contentful-paint", page);
  await context.close();
  return paint;
}

/** When (ms from the navigation on) a page had an entry of this name, waited for. */
async function timeOf(entry: string, page: Page): Promise<number> {
  const time = await page.waitForFunction((name) => performance.getEntriesByName(name)[0]?.startTime, entry);
  return (await time.jsonValue()) ?? Number.NaN;
}

/** Runs in the page: marks the end of the frame that has the first cards' values. */
function markValues(): void {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('[data-testid="card"] .card-figure')) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => performance.mark("values");
      port2.postMessage(null);
    });
  });
  observer.observe(document, { childList: true, subtree: true });
}

async function changingCards(browser: Browser): Promise<void> {
  const panel = await PanelHarness.open(browser, {
    context: { viewport: { width: 1_200, height: 1_600 } },
    prepare: (stream) => holds(stream, snapshot({ metrics: cards(0) })),
  });
  await panel.reach("connected");
  const thread = await MainThread.of(panel.page);
  const idle = await panel.page.evaluate(frames, CHANGES * PAUSE);
  const measured = panel.page.evaluate(frames, CHANGES * PAUSE);
  const change = (index: number) =>
    panel.stream.emit(snapshot({ metrics: cards(index * 100), sequence: 42 + index, timestamp: ago(0) }));
  const cost = await thread.cost(() => changes(change));
  const busy = await measured;
  await panel.close();
  const name = "from frame to frame while forty cards change";
  note({ name: `${name}, p50`, value: percentile(busy, 50), bound: 17, unit: "ms" });
  note({ name: `${name}, p95`, value: percentile(busy, 95), bound: 34, unit: "ms" });
  note({ name: `${name}, longest`, value: Math.max(...busy), bound: null, unit: "ms" });
  note({
    name: "from frame to frame while nothing changes, p95",
    value: percentile(idle, 95),
    bound: null,
    unit: "ms",
  });
  note({
    name: "processor time of the page for a change of forty cards, against a bare page's",
    value: cost / CHANGES,
    baseline: await bareCost(browser),
    bound: null,
    unit: "ms",
  });
}

function cards(value: number): Record<string, Metric> {
  return Object.fromEntries(
    Array.from({ length: CARDS }, (_, index) => [
      `m${index}`,
      metric({
        label: `Metric ${index}`,
        value: value + index,
        previous: value + index - 1,
        changedAt: ago(0),
      }),
    ]),
  );
}

async function changes(change: (index: number) => void): Promise<void> {
  for (let index = 1; index <= CHANGES; index++) {
    change(index);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** What a change costs a page (ms) that only paints. */
async function bareCost(browser: Browser): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1_200, height: 1_600 } });
  await page.setContent(BARE_CARDS);
  const thread = await MainThread.of(page);
  const change = (index: number) =>
    void page.evaluate(changeBareCards, { count: CARDS, text: String(index) });
  change(0);
  const measured = page.evaluate(frames, CHANGES * PAUSE);
  const cost = await thread.cost(() => changes(change));
  await measured;
  await page.close();
  return cost / CHANGES;
}

/** Runs in the page: the times (ms) between its frames for so long (ms). */
function frames(length: number): Promise<number[]> {
  return new Promise((resolve) => {
    const times: number[] = [];
    const next = (now: number) => {
      times.push(now);
      if (now - (times[0] ?? now) < length) requestAnimationFrame(next);
      else resolve(times.slice(1).map((time, index) => time - (times[index] ?? time)));
    };
    requestAnimationFrame(next);
  });
}

benchmark({
  "the panel's first paint": () => withBrowser(firstPaint),
  "forty cards that change": () => withBrowser(changingCards),
});
