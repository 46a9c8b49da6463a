import assert from "node:assert/strict";
import { MemoryStore } from "../../src/core/history/memoryStore.js";
import { showsText } from "../support/panelSuite.js";
import { useTrend } from "../support/trendSuite.js";
import { waitFor } from "../support/waitFor.js";

const HOUR_MS = 3_600_000;

describe("The trend's range", () => {
  const trend = useTrend();

  it("changes its range by its buttons and the keyboard", async () => {
    const panel = await trend.open();
    await panel.page.locator('[data-range="1h"]').click();
    await waitFor(() => (panel.stream.answered.get("revenue")?.length ?? 99) < 10);
    await trend.shows(["revenue"]);
    const hour = await trend.asked(2);
    await panel.find("trend-chart").press("-");
    const wider = await trend.asked(3);
    assert.equal(wider.to - wider.from, 2 * (hour.to - hour.from));
    await panel.find("trend-chart").press("ArrowLeft");
    const earlier = await trend.asked(4);
    // The right edge is the moment of the last tick, which may pass between two keys.
    assertNear(earlier.to, wider.to - HOUR_MS / 2);
    await panel.find("trend-chart").press("ArrowRight");
    const later = await trend.asked(5);
    assert.equal(later.to - later.from, 2 * HOUR_MS);
    assertNear(later.to, wider.to);
    await panel.find("trend-chart").press("+");
    const nearer = await trend.asked(6);
    assert.equal(nearer.to - nearer.from, HOUR_MS);
    assertNear(nearer.from, later.from + HOUR_MS / 2);
    await panel.find("trend-chart").press("0");
    const day = await trend.asked(7);
    assert.equal(day.to - day.from, 24 * HOUR_MS);
    assert.equal(await panel.page.locator('[data-range="24h"]').getAttribute("aria-pressed"), "true");
  });

  it("leaves keys with modifiers to VS Code", async () => {
    const panel = await trend.open();
    await trend.asked(1);
    for (const keys of [
      "Control+-",
      "Control+=",
      "Meta+0",
      "Alt+ArrowLeft",
      "Shift+ArrowLeft",
      "Shift+ArrowRight",
    ])
      await panel.find("trend-chart").press(keys);
    await panel.find("trend-chart").press("Shift++");
    const nearer = await trend.asked(2);
    assert.equal(nearer.to - nearer.from, 12 * HOUR_MS);
  });

  it("zooms to what is dragged over, and moves by Shift", async () => {
    const panel = await trend.open();
    const day = await trend.asked(1);
    await trend.drag(0.25, 0.75);
    const half = await trend.asked(2);
    assertNear(half.from, day.from + 6 * HOUR_MS);
    assertNear(half.to, day.from + 18 * HOUR_MS);
    await trend.shows(["revenue"]);
    await panel.page.keyboard.down("Shift");
    await trend.drag(0.25, 0.5);
    await panel.page.keyboard.up("Shift");
    const moved = await trend.asked(3);
    assertNear(moved.from, half.from - 3 * HOUR_MS);
    assert.equal(moved.to - moved.from, half.to - half.from);
  });

  it("shows any range by its dates, and says where they are wrong", async () => {
    const panel = await trend.open();
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
    const range = await trend.asked(2);
    assert.equal(range.to - range.from, 10 * HOUR_MS);
  });

  it("lets a date be written digit by digit, and asks for its range with Enter or when the field is left", async () => {
    const panel = await trend.open();
    await trend.asked(1);
    await panel.find("trend-custom").click();
    await panel.find("trend-to").focus();
    await panel.page.keyboard.type("11272099");
    assert.match(await panel.find("trend-to").inputValue(), /^2099-11-27T/);
    assert.equal(panel.stream.ranges.length, 1);
    await panel.page.keyboard.press("Enter");
    assert.equal(new Date((await trend.asked(2)).to).getFullYear(), 2099);
    await panel.find("trend-from").focus();
    await panel.page.keyboard.type("11272019");
    assert.equal(panel.stream.ranges.length, 2);
    await panel.find("trend-custom").focus();
    assert.equal(new Date((await trend.asked(3)).from).getFullYear(), 2019);
  });

  it("says that a date is wrong once it is written, and leaves the focus where it went", async () => {
    const panel = await trend.open();
    await panel.find("trend-custom").click();
    await panel.find("trend-to").focus();
    await panel.page.keyboard.type("11272019");
    assert.match(await panel.find("trend-to").inputValue(), /^2019-11-27T/);
    const problem = panel.page.locator("fusion-trend-dates").getByRole("alert");
    assert.equal(await problem.count(), 0);
    await panel.find("trend-from").focus();
    await showsText(problem, "A range ends after it begins.");
    assert.equal(await panel.find("trend-from").evaluate((field) => field === document.activeElement), true);
    await panel.page.keyboard.type("11272018");
    await panel.page.keyboard.press("Enter");
    await trend.asked(2);
    assert.equal(await problem.count(), 0);
  });

  it("says of a metric that never changed just that, and of one that is gone what it was", async () => {
    const now = Date.now();
    const history = new MemoryStore();
    const record = (at: number, value: number | null) =>
      history.record({ at, values: new Map([["revenue", value]]) });
    for (let at = now - HOUR_MS; at < now; at += HOUR_MS / 12) record(at, 12_450);
    const panel = await trend.open(undefined, (stream) => {
      stream.history = history;
    });
    await showsText(panel.find("trend-readout"), /MRR: \$12,450, unchanged\./);
    record(now, null);
    await panel.page.locator('[data-range="7d"]').click();
    await showsText(panel.find("trend-readout"), /MRR: – now, \$12,450 before\./);
  });

  it("says of a range that has ended what it was, not what it is now", async () => {
    const panel = await trend.open();
    await showsText(panel.find("trend-readout"), /MRR: \$12,450 now, between/);
    await panel.find("trend-chart").press("ArrowLeft");
    await trend.asked(2);
    await showsText(panel.find("trend-readout"), /MRR: \$[\d,]+ at the end, between/);
    await panel.find("trend-custom").click();
    await panel.find("trend-from").fill("2020-01-01T00:00");
    await trend.asked(3);
    await panel.find("trend-to").fill("2020-02-01T00:00");
    await showsText(panel.find("trend-empty"), "Nothing was recorded in this range.");
  });

  it("moves to no time ahead, by Shift as by keys", async () => {
    const panel = await trend.open();
    const day = await trend.asked(1);
    await panel.page.keyboard.down("Shift");
    await trend.drag(0.75, 0.25);
    await panel.page.keyboard.up("Shift");
    const moved = await trend.asked(2);
    assertNear(moved.to, day.to);
    assert.ok(moved.to <= Date.now());
  });

  /** A pixel is four minutes of the day. */
  function assertNear(actual: number, expected: number): void {
    assert.ok(Math.abs(actual - expected) < HOUR_MS / 5, `${(actual - expected) / 60_000} minutes beside`);
  }
});
