import assert from "node:assert/strict";
import { type AxeResults, source as axeSource } from "axe-core";
import type { HistoryPoint, HistoryRange } from "../../src/protocol/history.js";
import { type HarnessOptions, holds, type PanelHarness } from "../support/panelHarness.js";
import { showsText, usePanels } from "../support/panelSuite.js";
import { recentHistory } from "../support/recentHistory.js";
import { ago, alert, status } from "../support/snapshots.js";
import { THEMES, type Theme } from "../support/themes.js";
import { waitFor } from "../support/waitFor.js";

const HOUR_MS = 3_600_000;

describe("The trend", () => {
  const panels = usePanels();
  let panel: PanelHarness;

  async function askForTrend(theme?: Theme, prepare: HarnessOptions["prepare"] = () => {}): Promise<void> {
    panel = await panels.open({
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
  }

  async function openTrend(theme?: Theme, prepare?: HarnessOptions["prepare"]): Promise<void> {
    await askForTrend(theme, prepare);
    await panel.page.waitForSelector('[data-testid="trend-chart"] canvas');
  }

  async function shows(metrics: readonly string[]): Promise<void> {
    await waitFor(async () => {
      const given = metrics.flatMap((id): readonly HistoryPoint[] => panel.stream.answered.get(id) ?? []);
      const points = Number(await panel.find("trend").getAttribute("data-points"));
      return given.length > 0 && points === given.length;
    });
  }

  it("opens by keyboard with the points that the stream gave", async () => {
    await openTrend();
    await shows(["revenue"]);
  });

  it("shows several metrics, words among them, and the same as a table", async () => {
    await openTrend();
    await panel.find("trend-add").selectOption("driveSync");
    await waitFor(() => panel.stream.answered.has("driveSync"));
    await shows(["revenue", "driveSync"]);
    await panel.find("trend-table-toggle").click();
    assert.deepEqual(await panel.find("trend-table").locator("thead th").allTextContents(), [
      ...["Time", "MRR", "Drive sync"],
    ]);
    assert.match((await panel.find("trend-table").textContent()) ?? "", /ERROR/);
  });

  it("grows at its right edge", async () => {
    await openTrend();
    await shows(["revenue"]);
    const before = Number(await panel.find("trend").getAttribute("data-points"));
    panel.change({ value: 99_000 });
    await waitFor(async () => Number(await panel.find("trend").getAttribute("data-points")) === before + 1);
  });

  it("changes its range by its buttons and the keyboard", async () => {
    await openTrend();
    await panel.page.locator('[data-range="1h"]').click();
    await waitFor(() => (panel.stream.answered.get("revenue")?.length ?? 99) < 10);
    await shows(["revenue"]);
    const hour = await asked(2);
    await panel.find("trend-chart").press("-");
    const wider = await asked(3);
    assert.equal(wider.to - wider.from, 2 * (hour.to - hour.from));
    await panel.find("trend-chart").press("ArrowLeft");
    const earlier = await asked(4);
    // The right edge is the moment of the last tick, which may pass between two keys.
    assertNear(earlier.to, wider.to - HOUR_MS / 2);
    await panel.find("trend-chart").press("ArrowRight");
    const later = await asked(5);
    assert.equal(later.to - later.from, 2 * HOUR_MS);
    assertNear(later.to, wider.to);
    await panel.find("trend-chart").press("+");
    const nearer = await asked(6);
    assert.equal(nearer.to - nearer.from, HOUR_MS);
    assertNear(nearer.from, later.from + HOUR_MS / 2);
    await panel.find("trend-chart").press("0");
    const day = await asked(7);
    assert.equal(day.to - day.from, 24 * HOUR_MS);
    assert.equal(await panel.page.locator('[data-range="24h"]').getAttribute("aria-pressed"), "true");
  });

  it("zooms to what is dragged over, and moves by Shift", async () => {
    await openTrend();
    const day = await asked(1);
    await drag(0.25, 0.75);
    const half = await asked(2);
    assertNear(half.from, day.from + 6 * HOUR_MS);
    assertNear(half.to, day.from + 18 * HOUR_MS);
    await shows(["revenue"]);
    await panel.page.keyboard.down("Shift");
    await drag(0.25, 0.5);
    await panel.page.keyboard.up("Shift");
    const moved = await asked(3);
    assertNear(moved.from, half.from - 3 * HOUR_MS);
    assert.equal(moved.to - moved.from, half.to - half.from);
  });

  it("shows any range by its dates, and says where they are wrong", async () => {
    await openTrend();
    assert.equal(await panel.find("trend-from").count(), 0);
    await panel.find("trend-custom").click();
    const first = await panel.find("trend-from").inputValue();
    await panel.find("trend-to").fill(first);
    await panel.page.keyboard.press("Tab");
    assert.equal(
      await panel.find("trend-to").evaluate((input: HTMLInputElement) => input.validity.valid),
      false,
    );
    assert.equal(panel.stream.ranges.length, 1);
    const begin = new Date(Date.parse(first) - 10 * HOUR_MS - new Date().getTimezoneOffset() * 60_000);
    await panel.find("trend-from").fill(begin.toISOString().slice(0, 16));
    await panel.page.keyboard.press("Tab");
    const range = await asked(2);
    assert.equal(range.to - range.from, 10 * HOUR_MS);
  });

  it("asks for nothing where a metric leaves, and closes with the last one", async () => {
    await openTrend();
    await panel.find("trend-add").selectOption("memos");
    await shows(["revenue", "memos"]);
    await panel.find("trend-chip").first().click();
    await shows(["memos"]);
    await showsText(panel.find("trend-chip"), "Memos");
    assert.equal(panel.stream.ranges.length, 3);
    await panel.find("trend-chip").click();
    await panel.find("trend").waitFor({ state: "detached" });
  });

  it("keeps the old lines until the new ones are there", async () => {
    await openTrend();
    await shows(["revenue"]);
    await panel.page.evaluate(() => {
      const seen: (string | null)[] = [];
      Object.assign(window, { seen });
      const trend = document.querySelector('[data-testid="trend"]');
      new MutationObserver(() => seen.push(trend?.querySelector("canvas") ? null : "no chart")).observe(
        trend ?? document,
        { subtree: true, childList: true, attributes: true },
      );
    });
    await panel.page.locator('[data-range="1h"]').click();
    await asked(2);
    await shows(["revenue"]);
    assert.equal(await panel.page.evaluate("seen.includes('no chart')"), false);
  });

  it("notes alerts with their end, and commits", async () => {
    await openTrend(undefined, (stream) => {
      stream.alerts = [
        alert({ since: ago(7_200), resolvedAt: ago(3_600), state: "resolved" }),
        alert({ id: "memos:below:1", metric: "memos", message: "Memos is 0." }),
      ];
      stream.commits = [{ time: Date.now() - HOUR_MS, hash: "0123456789abcdef", subject: "Raise prices" }];
    });
    await panel.find("trend-table-toggle").click();
    await waitFor(async () => (await panel.find("trend-mark").count()) === 2);
    await showsText(panel.find("trend-mark").last(), /.+ to .+ Alert: MRR is \$9,800, below \$10,000\./);
    await showsText(panel.find("trend-mark").first(), /Commit: 0123456 Raise prices$/);
    await panel.find("trend-table-toggle").click();
    await showsText(panel.find("trend-key"), "Alert Commit");
  });

  it("has room for its values beside an alert's times in a narrow table", async () => {
    await openTrend(undefined, (stream) => {
      stream.alerts = [alert({ since: ago(7_200), resolvedAt: ago(3_600), state: "resolved" })];
    });
    await panel.find("trend-add").selectOption("memos");
    await shows(["revenue", "memos"]);
    await panel.page.setViewportSize({ width: 360, height: 900 });
    await panel.find("trend-table-toggle").click();
    const mark = panel.find("trend-mark").locator("td");
    assert.equal(await mark.evaluate((cell) => getComputedStyle(cell).textAlign), "start");
    const room = await panel.page
      .locator(".trend-scroll")
      .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    assert.ok(room <= 0, `${room} px of the table are out of sight`);
  });

  it("keeps its cursor while it grows", async () => {
    await openTrend();
    await shows(["revenue"]);
    const over = await overBox();
    await panel.page.mouse.move(over.x + over.width * 0.9, over.y + 50);
    await showsText(panel.find("trend-readout"), / · MRR: \$/);
    const before = Number(await panel.find("trend").getAttribute("data-points"));
    panel.change({ value: 99_000 });
    await waitFor(async () => Number(await panel.find("trend").getAttribute("data-points")) === before + 1);
    await showsText(panel.find("trend-readout"), / · MRR: \$/);
    await panel.page.mouse.move(over.x + over.width * 0.9, over.y - 20);
    await showsText(panel.find("trend-readout"), /between/);
  });

  it("is read anew after a reconnection", async () => {
    await openTrend();
    await panel.stream.stop();
    await panel.reach("disconnected");
    await panel.restartStream();
    await panel.reach("connected");
    await asked(2);
    await shows(["revenue"]);
  });

  it("says where there is no history yet, and offers no table of it", async () => {
    await askForTrend(undefined, (stream) => {
      stream.history = null;
      stream.status = status({ history: "memory" });
    });
    await showsText(panel.find("trend-empty"), "Nothing has been recorded in this range yet.");
    assert.equal(await panel.find("trend-table-toggle").count(), 0);
    await showsText(panel.find("trend-memory"), /in memory only/);
  });

  it("says of a range that has ended what it was, not what it is now", async () => {
    await openTrend();
    await showsText(panel.find("trend-readout"), /MRR: \$12,450 now, between/);
    await panel.find("trend-chart").press("ArrowLeft");
    await asked(2);
    await showsText(panel.find("trend-readout"), /MRR: \$[\d,]+ at the end, between/);
    await panel.find("trend-custom").click();
    await panel.find("trend-from").fill("2020-01-01T00:00");
    await asked(3);
    await panel.find("trend-to").fill("2020-02-01T00:00");
    await showsText(panel.find("trend-empty"), "Nothing was recorded in this range.");
  });

  it("shows a history of seconds in the hour that it lies in, near its values", async () => {
    await openTrend(undefined, (stream) => {
      stream.history = recentHistory(Date.now(), 10 / 3_600, 5_000);
    });
    await waitFor(
      async () => (await panel.page.locator('[data-range="1h"]').getAttribute("aria-pressed")) === "true",
    );
    await showsText(panel.find("trend-readout"), /Recorded since/);
    await waitFor(async () => (await pixels([212, 175, 55])) > 10);
  });

  it("reads out the values that its dots stand on", async () => {
    await openTrend();
    await panel.find("trend-add").selectOption("memos");
    await shows(["revenue", "memos"]);
    const over = await overBox();
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
    await openTrend();
    await panel.find("trend-add").selectOption("driveSync");
    await showsText(panel.find("trend-key"), "ERROR OK");
    const patterns = await panel
      .find("trend-key")
      .locator("[data-pattern]")
      .evaluateAll((all) => (all as HTMLElement[]).map(({ dataset }) => dataset.pattern));
    assert.deepEqual(patterns, ["solid", "plain"]);
    await waitFor(async () => (await pixels([248, 81, 73])) > 50);
  });

  it("keeps its tools in one row, from a wide panel to a narrow one", async () => {
    await openTrend();
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

  it("is read anew when the history's past has grown", async () => {
    await openTrend();
    await asked(1);
    await panel.setState({ historyVersion: 1 });
    await asked(2);
    await shows(["revenue"]);
  });

  it("says of a long table how much of it is shown", async () => {
    await openTrend(undefined, (stream) => {
      stream.history = recentHistory(Date.now(), 47, 60_000);
    });
    for (const id of ["memos", "driveSync", "recommendations"]) {
      await panel.find("trend-add").selectOption(id);
      await waitFor(() => panel.stream.answered.has(id));
    }
    await panel.find("trend-table-toggle").click();
    await showsText(panel.find("trend-newest"), /^The newest 500 of [\d,]+ changes are listed;/);
    assert.equal(await panel.find("trend-row").count(), 500);
  });

  it("is drawn anew in another theme's colours", async () => {
    await openTrend();
    await waitFor(async () => (await pixels([212, 175, 55])) > 50);
    await panel.page.evaluate(() => {
      document.body.className = "vscode-light";
    });
    await waitFor(async () => (await pixels([144, 119, 37])) > 50 && (await pixels([212, 175, 55])) === 0);
  });

  it("says that it could not be read, and tries again", async () => {
    await openTrend();
    panel.stream.refusal = { ok: false, error: { code: "UNAVAILABLE", message: "the disk is full" } };
    await panel.page.locator('[data-range="7d"]').click();
    await panel.find("trend-error").waitFor();
    panel.stream.refusal = null;
    await panel.find("trend-error").getByRole("button").click();
    await panel.page.waitForSelector('[data-testid="trend-chart"] canvas');
  });

  for (const theme of THEMES) {
    it(`has no serious accessibility violations in ${theme.name}`, async () => {
      await openTrend(theme);
      assert.deepEqual(await violations(), []);
      await panel.find("trend-table-toggle").click();
      await panel.find("trend-table").waitFor();
      assert.deepEqual(await violations(), []);
    });
  }

  /** The range of the trend's question with that number, counted from 1, the last one so far. */
  async function asked(number: number): Promise<HistoryRange> {
    await waitFor(() => panel.stream.ranges.length >= number);
    assert.equal(panel.stream.ranges.length, number);
    const range = panel.stream.ranges[number - 1];
    assert.ok(range);
    return range;
  }

  /** A pixel is four minutes of the day. */
  function assertNear(actual: number, expected: number): void {
    assert.ok(Math.abs(actual - expected) < HOUR_MS / 5, `${(actual - expected) / 60_000} minutes beside`);
  }

  async function overBox() {
    const box = await panel.page.locator(".trend-chart .u-over").boundingBox();
    assert.ok(box);
    return box;
  }

  /** Drags over the chart, from one part of its width to another. */
  async function drag(from: number, to: number): Promise<void> {
    const { x, y, width } = await overBox();
    await panel.page.mouse.move(x + width * from, y + 60);
    await panel.page.mouse.down();
    await panel.page.mouse.move(x + width * to, y + 60, { steps: 5 });
    await panel.page.mouse.up();
  }

  /** How many of the chart's pixels have a colour. */
  function pixels(colour: readonly [number, number, number]): Promise<number> {
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
  }

  async function violations(): Promise<string[]> {
    await panel.page.evaluate(axeSource);
    const found: AxeResults = await panel.page.evaluate("axe.run()");
    return found.violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }
});
