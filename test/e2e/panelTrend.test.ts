import assert from "node:assert/strict";
import { showsText } from "../support/panelSuite.js";
import { recentHistory } from "../support/recentHistory.js";
import { ago, alert, metric, snapshot, status } from "../support/snapshots.js";
import { useTrend } from "../support/trendSuite.js";
import { waitFor } from "../support/waitFor.js";

const HOUR_MS = 3_600_000;

describe("The trend", () => {
  const trend = useTrend();

  it("opens by keyboard with the points that the stream gave", async () => {
    await trend.open();
    await trend.shows(["revenue"]);
  });

  it("shows several metrics, words among them, and the same as a table", async () => {
    const panel = await trend.open();
    await panel.find("trend-add").selectOption("driveSync");
    await waitFor(() => panel.stream.answered.has("driveSync"));
    await trend.shows(["revenue", "driveSync"]);
    await panel.find("trend-table-toggle").click();
    assert.deepEqual(await panel.find("trend-table").locator("thead th").allTextContents(), [
      ...["Time", "MRR", "Drive sync"],
    ]);
    assert.match((await panel.find("trend-table").textContent()) ?? "", /ERROR/);
  });

  it("adds the metric that keys come to, and none on the way there", async () => {
    const panel = await trend.open();
    await panel.find("trend-add").focus();
    for (const key of ["ArrowDown", "ArrowDown", "Enter"]) await panel.page.keyboard.press(key);
    await trend.shows(["revenue", "driveSync"]);
    assert.deepEqual(await panel.find("trend-chip").allTextContents().then(trimmed), ["MRR", "Drive sync"]);
  });

  it("grows at its right edge", async () => {
    const panel = await trend.open();
    await trend.shows(["revenue"]);
    const before = Number(await panel.find("trend").getAttribute("data-points"));
    panel.change({ value: 99_000 });
    await waitFor(async () => Number(await panel.find("trend").getAttribute("data-points")) === before + 1);
  });

  it("asks for nothing where a metric leaves, and closes with the last one", async () => {
    const panel = await trend.open();
    await panel.find("trend-add").selectOption("memos");
    await trend.shows(["revenue", "memos"]);
    await panel.find("trend-chip").first().click();
    await trend.shows(["memos"]);
    await showsText(panel.find("trend-chip"), "Memos");
    assert.equal(panel.stream.ranges.length, 3);
    await panel.find("trend-chip").click();
    await panel.find("trend").waitFor({ state: "detached" });
  });

  it("keeps the old lines until the new ones are there", async () => {
    const panel = await trend.open();
    await trend.shows(["revenue"]);
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
    await trend.asked(2);
    await trend.shows(["revenue"]);
    assert.equal(await panel.page.evaluate("seen.includes('no chart')"), false);
  });

  it("notes alerts with their end, and commits", async () => {
    const panel = await trend.open(undefined, (stream) => {
      stream.alerts = [
        alert({ since: ago(7_200), resolvedAt: ago(3_600), state: "resolved" }),
        alert({ id: "revenue:above:1", since: ago(1_800), message: "MRR is high." }),
        alert({ id: "memos:below:1", metric: "memos", message: "Memos is 0." }),
      ];
      stream.commits = [{ time: Date.now() - HOUR_MS, hash: "0123456789abcdef", subject: "Raise prices" }];
    });
    await panel.find("trend-table-toggle").click();
    await waitFor(async () => (await panel.find("trend-mark").count()) === 3);
    await showsText(panel.find("trend-mark").last(), /.+ to .+ Alert: MRR is \$9,800, below \$10,000\./);
    await showsText(panel.find("trend-mark").first(), /^Since [^–]+ Alert: MRR is high\.$/);
    await showsText(panel.find("trend-mark").nth(1), /Commit: 0123456 Raise prices$/);
    await panel.find("trend-table-toggle").click();
    await showsText(panel.find("trend-key"), "Alert Commit");
  });

  it("notes a commit that is made while it is open", async () => {
    const { metrics } = snapshot();
    const commits = metric({ label: "Commits", value: 1 });
    const panel = await trend.open(undefined, (stream) => {
      stream.snapshot = snapshot({ metrics: { ...metrics, commits } });
    });
    await panel.find("trend-table-toggle").click();
    await panel.find("trend-table").waitFor();
    assert.equal(await panel.find("trend-mark").count(), 0);
    panel.stream.commits = [{ time: Date.now(), hash: "0123456789abcdef", subject: "Raise prices" }];
    panel.change({ value: 2, changedAt: new Date().toISOString() }, "commits");
    await showsText(panel.find("trend-mark"), /Commit: 0123456 Raise prices$/);
  });

  it("is as it was left when the page is loaded anew, and takes no focus then", async () => {
    const panel = await trend.open();
    await panel.find("trend-add").selectOption("memos");
    await panel.page.locator('[data-range="7d"]').click();
    await trend.shows(["revenue", "memos"]);
    await panel.find("trend-table-toggle").click();
    await panel.page.reload();
    await panel.find("trend-table").waitFor();
    assert.deepEqual(await panel.find("trend-chip").allTextContents().then(trimmed), ["MRR", "Memos"]);
    assert.equal(await panel.page.locator('[data-range="7d"]').getAttribute("aria-pressed"), "true");
    assert.equal(await panel.page.evaluate(() => document.activeElement === document.body), true);
  });

  it("keeps its cursor while it grows", async () => {
    const panel = await trend.open();
    await trend.shows(["revenue"]);
    const over = await trend.overBox();
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
    const panel = await trend.open();
    await panel.stream.stop();
    await panel.reach("disconnected");
    await panel.restartStream();
    await panel.reach("connected");
    await trend.asked(2);
    await trend.shows(["revenue"]);
  });

  it("says where there is no history yet, and offers no table of it", async () => {
    const panel = await trend.askFor(undefined, (stream) => {
      stream.history = null;
      stream.status = status({ history: "memory" });
    });
    await showsText(panel.find("trend-empty"), "Nothing has been recorded in this range yet.");
    assert.equal(await panel.find("trend-table-toggle").count(), 0);
    await showsText(panel.find("trend-memory"), /in memory only/);
  });

  it("is read anew when the history's past has grown", async () => {
    const panel = await trend.open();
    await trend.asked(1);
    await panel.setState({ historyVersion: 1 });
    await trend.asked(2);
    await trend.shows(["revenue"]);
  });

  it("says of a long table how much of it is shown", async () => {
    const panel = await trend.open(undefined, (stream) => {
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

  it("says that it could not be read, and tries again", async () => {
    const panel = await trend.open();
    panel.stream.refusal = { ok: false, error: { code: "UNAVAILABLE", message: "the disk is full" } };
    await panel.page.locator('[data-range="7d"]').click();
    await panel.find("trend-error").waitFor();
    panel.stream.refusal = null;
    await panel.find("trend-error").getByRole("button").click();
    await panel.page.waitForSelector('[data-testid="trend-chart"] canvas');
  });

  it("has the focus, and so comes into view, for another card, too", async () => {
    const panel = await trend.open();
    await panel.find("show-trend").first().focus();
    await panel.page.keyboard.press("Enter");
    await showsText(panel.find("trend-chip"), "Memos");
    await waitFor(() => panel.find("trend").evaluate((section) => section === document.activeElement));
  });
});

function trimmed(texts: readonly string[]): string[] {
  return texts.map((text) => text.trim());
}
