/** How long a person waits for the Command Center. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { sampleWorkspace } from "../../support/sampleWorkspace.js";
import { TemporaryFolder } from "../../support/temporaryFolder.js";
import { waitFor } from "../../support/waitFor.js";
import { launchWorkbench, type Workbench } from "../../support/workbench.js";
import { BARE_PANEL, bareExtension, OPEN_BARE_PANEL } from "../bare/bareExtension.mjs";
import { note, percentile } from "../figures.js";
import { benchmark } from "../support/benchmark.js";
import { PanelPaints } from "../support/panelPaints.js";

const OPENINGS = 5;
const WRITES = 100;

declare global {
  interface Window {
    /** Epoch milliseconds at which the MRR card showed each value. */
    shownAt: Map<string, number>;
  }
}

async function measure(): Promise<void> {
  const sample = await sampleWorkspace();
  const extensions = new TemporaryFolder();
  const bare = await bareExtension(extensions.resolve("bare"));
  const workbench = await launchWorkbench({ folder: sample.folder, companions: [bare] });
  try {
    await (await workbench.panel()).locator('[data-testid="card"]').first().waitFor();
    const paints = await PanelPaints.of(workbench.page);
    const opened: Opening[] = [];
    const bareOpened: number[] = [];
    for (let round = 0; round < OPENINGS; round++) {
      bareOpened.push(await openBarePanel(workbench, paints));
      opened.push(await openPanel(workbench, paints));
    }
    const median = (part: keyof Opening) =>
      percentile(
        opened.map((opening) => opening[part]),
        50,
      );
    note({ name: "panel command to its first paint", value: median("painted"), bound: 300, unit: "ms" });
    note({
      name: "panel command to its first paint, against a panel of one line by another extension",
      value: median("painted"),
      baseline: percentile(bareOpened, 50),
      bound: 1.5,
      unit: "ms",
    });
    note({
      name: "of that, from VS Code's first sign of its frame on",
      value: median("paintedInFrame"),
      bound: null,
      unit: "ms",
    });
    note({
      name: "panel command to live cards",
      value: median("live"),
      bound: 1_000,
      unit: "ms",
    });

    const delays = await writeToCard(await workbench.panel(), join(sample.folder, "revenue_snapshot.json"));
    note({
      name: "write on disk to the card, p50",
      value: percentile(delays, 50),
      bound: 100,
      unit: "ms",
    });
    note({
      name: "write on disk to the card, p95",
      value: percentile(delays, 95),
      bound: 100,
      unit: "ms",
    });
  } finally {
    await workbench.close();
    await sample.remove();
    extensions.dispose();
  }
}

/** Milliseconds from the command on. */
interface Opening {
  /** To the first paint of its text, which VS Code hides until the page is loaded. */
  readonly painted: number;
  /** The same from when VS Code has made a frame for the page. */
  readonly paintedInFrame: number;
  /** To cards with numbers, under a live connection. */
  readonly live: number;
}

async function openPanel(workbench: Workbench, paints: PanelPaints): Promise<Opening> {
  const begun = await runWhenClosed(workbench, "Fusion: Open Command Center", paints);
  const panel = await workbench.panel();
  await panel.locator('[data-testid="connection"][data-state="connected"]').waitFor();
  await panel.locator('[data-testid="card"][data-metric="revenue"][data-value="12450"]').waitFor();
  const live = now() - begun;
  const { frame, paint } = await panel.evaluate(firstPaint);
  return { painted: frame + paint - begun, paintedInFrame: paint, live };
}

/** Milliseconds from the command to the first paint of a panel with nothing of the product. */
async function openBarePanel(workbench: Workbench, paints: PanelPaints): Promise<number> {
  const begun = await runWhenClosed(workbench, OPEN_BARE_PANEL, paints);
  const panel = await waitFor(() => workbench.frameWith(BARE_PANEL));
  const { frame, paint } = await panel.evaluate(firstPaint);
  return frame + paint - begun;
}

/** Runs a panel's command where none is open, until its first paint. Resolves with when it was given (epoch ms). */
async function runWhenClosed(workbench: Workbench, command: string, paints: PanelPaints): Promise<number> {
  await closeAll(workbench);
  const painted = paints.next();
  await workbench.runCommand(command);
  // The palette's own time is not the panel's: the clock starts when it has handed the command over.
  const begun = now();
  await painted;
  return begun;
}

/** Epoch milliseconds. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

async function closeAll(workbench: Workbench): Promise<void> {
  await workbench.runCommand("View: Close All Editors");
  await waitFor(async () => !(await workbench.openPanel()) && !(await workbench.frameWith(BARE_PANEL)));
}

/** Runs in a page: when its frame was made (epoch milliseconds), and how much later its text was painted. */
function firstPaint(): { frame: number; paint: number } {
  const [entry] = performance.getEntriesByName("first-contentful-paint");
  return { frame: performance.timeOrigin, paint: entry?.startTime ?? Number.NaN };
}

/** Milliseconds from each write to the card that shows it, by the page's own clock. */
async function writeToCard(panel: Frame, file: string): Promise<number[]> {
  await panel.evaluate(() => {
    window.shownAt = new Map();
    const card = document.querySelector('[data-testid="card"][data-metric="revenue"]');
    if (!card) throw new Error("There is no MRR card");
    new MutationObserver(() => {
      const value = card.getAttribute("data-value") ?? "";
      if (!window.shownAt.has(value)) window.shownAt.set(value, performance.timeOrigin + performance.now());
    }).observe(card, { attributes: true, attributeFilter: ["data-value"] });
  });
  const delays: number[] = [];
  for (let mrr = 20_000; mrr < 20_000 + WRITES; mrr++) {
    const written = now();
    writeFileSync(file, JSON.stringify({ mrr, currency: "USD" }));
    const shown = await waitFor(() => panel.evaluate((value) => window.shownAt.get(value), String(mrr)));
    delays.push(shown - written);
  }
  return delays;
}

benchmark({ "the Command Center": measure });
