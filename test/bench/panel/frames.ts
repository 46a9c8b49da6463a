/** How soon the page is painted, and how smoothly forty cards change. */
import type { Browser } from "playwright-core";
import { launchBrowser } from "../../support/browser.js";
import { holds, PanelHarness } from "../../support/panelHarness.js";
import { ago, metric, snapshot } from "../../support/snapshots.js";
import { note, percentile } from "../figures.js";
import { benchmark } from "../support/benchmark.js";

const OPENINGS = 15;
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

/** By the browser's own account, from the navigation on. */
async function firstPaint(browser: Browser): Promise<void> {
  const paints: number[] = [];
  for (let round = 0; round < OPENINGS; round++) {
    const panel = await PanelHarness.open(browser);
    await panel.reach("connected");
    paints.push(
      await panel.page.evaluate(
        () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
      ),
    );
    await panel.close();
  }
  note({ name: "the panel's first paint, p50", value: percentile(paints, 50), bound: 300, unit: "ms" });
  note({ name: "the panel's first paint, p95", value: percentile(paints, 95), bound: 300, unit: "ms" });
}

async function changingCards(browser: Browser): Promise<void> {
  const of = (value: number) =>
    Object.fromEntries(
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
  const panel = await PanelHarness.open(browser, {
    context: { viewport: { width: 1_200, height: 1_600 } },
    prepare: (stream) => holds(stream, snapshot({ metrics: of(0) })),
  });
  await panel.reach("connected");
  const idle = await panel.page.evaluate(frames, CHANGES * PAUSE);
  const measured = panel.page.evaluate(frames, CHANGES * PAUSE);
  for (let change = 1; change <= CHANGES; change++) {
    panel.stream.emit(snapshot({ metrics: of(change * 100), sequence: 42 + change, timestamp: ago(0) }));
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
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
