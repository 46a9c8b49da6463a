import assert from "node:assert/strict";
import { holds, type PanelHarness } from "../support/panelHarness.js";
import { showsText, textOf, usePanels } from "../support/panelSuite.js";
import {
  builtInMetrics,
  feedEntry,
  insights,
  metric,
  revenueChange,
  snapshot,
  status,
} from "../support/snapshots.js";
import { waitFor } from "../support/waitFor.js";

const GOLD = "rgb(212, 175, 55)";

describe("The Command Center's page", () => {
  const panels = usePanels();
  let panel: PanelHarness;

  describe("with data", () => {
    it("shows the four cards with value, change and detail", async () => {
      panel = await panels.open();
      await panel.card("revenue").waitFor();
      const ids = await panel
        .find("card")
        .evaluateAll((cards) =>
          cards.map((each) => [each.getAttribute("data-metric"), each.getAttribute("data-value")]),
        );
      assert.deepEqual(ids, [
        ["memos", "17"],
        ["revenue", "12450"],
        ["driveSync", "OK"],
        ["recommendations", "5"],
      ]);
      await panel.reach("connected");
      assert.equal(await textOf(panel.find("connection")), "Live");
      assert.match(await textOf(panel.card("revenue")), /\$12,450.*▲up \$450 · 3\.8 %/);
      assert.match(await textOf(panel.card("driveSync")), /last synced .*20:00/);
      assert.match(await textOf(panel.card("recommendations")), /2 high · 1 medium · 2 low/);
      assert.match(await textOf(panel.page.locator(".times")), /^updated \d+ s ago · next in 3:0\d$/);
    });

    it("pulses the changed card, and no other, in gold", async () => {
      panel = await panels.open();
      await panel.card("revenue").waitFor();
      // The border takes its time to turn gold, and is no longer than the pulse.
      const gold = panel.page.waitForFunction((colour) => {
        const pulsing = document.querySelectorAll(".pulse");
        const [card] = pulsing;
        return pulsing.length === 1 && card && getComputedStyle(card).borderTopColor === colour;
      }, GOLD);
      panel.change({ value: 12900 });
      await gold;
      assert.equal(await panel.card("revenue").getAttribute("data-value"), "12900");
      await showsText(panel.card("revenue").getByTestId("delta"), "▲up $450 · 3.6 %");
      await panel.page.waitForSelector('[data-metric="revenue"]:not(.pulse)');
    });

    it("begins a pulse anew where the value changes again during it", async () => {
      panel = await panels.open();
      await panel.card("revenue").waitFor();
      panel.change({ value: 12900 });
      const glow = panel.card("revenue").locator(".card-glow");
      const first = await glow.elementHandle();
      panel.change({ value: 13000 });
      await first?.waitForElementState("hidden");
      await panel.page.waitForSelector('[data-metric="revenue"][data-value="13000"].pulse .card-glow');
      assert.equal(await glow.count(), 1);
    });

    it("keeps the gold border still under reduced motion", async () => {
      panel = await panels.open({ context: { reducedMotion: "reduce" } });
      await panel.card("revenue").waitFor();
      panel.change({ value: 12900 });
      await panel.page.waitForSelector('[data-metric="revenue"].pulse');
      const style = await panel.card("revenue").evaluate((element) => {
        const { animationName, borderTopColor } = getComputedStyle(element);
        return { animationName, borderTopColor };
      });
      assert.deepEqual(style, { animationName: "none", borderTopColor: GOLD });
    });

    it("shows the last three updates, the newest first and in view", async () => {
      panel = await panels.open();
      await panel.find("feed-entry").nth(2).waitFor();
      assert.match(
        await textOf(panel.find("feed-entry").first()),
        /^\d\d:\d\d:\d\d MRR \$12,000 →to \$12,450 ?Memos 16 →to 17 file changed · 0\.4 ms$/,
      );
      assert.match(await textOf(panel.find("feed-entry").nth(1)), /No change interval/);
      const current = panel.stream.status ?? status();
      const newest = feedEntry(0, { sequence: 43, changes: [revenueChange(12450, 12900)] });
      panel.stream.say({ ...current, feed: [newest, ...current.feed.slice(0, 2)] });
      await showsText(panel.find("feed-entry").first(), /\$12,900/);
      assert.equal(await panel.find("feed-entry").count(), 3);
      assert.equal(await panel.find("feed").evaluate((feed) => feed.scrollTop), 0);
      const widths = await panel.page.evaluate(() => [
        document.querySelector("fusion-update-feed")?.clientWidth,
        document.querySelector(".board")?.clientWidth,
      ]);
      assert.equal(widths[0], widths[1], "the feed has the full width");
    });

    it("lists the insights by priority, with what they are and where they stand", async () => {
      panel = await panels.open();
      await panel.find("insight").first().waitFor();
      const priorities = await panel
        .find("insight")
        .evaluateAll((all) => all.map((each) => each.getAttribute("data-priority")));
      assert.deepEqual(priorities, ["high", "high", "medium", "low", "low"]);
      assert.match(
        await textOf(panel.find("insight").first()),
        /stalled renewals.* ERIC_recommendations\.json:11$/,
      );
      await panel.find("insight-toggle").first().click();
      assert.equal(
        await textOf(panel.find("insight-description")),
        "They are worth $2,100 a month together.",
      );
    });

    it("folds the low ones of a longer list", async () => {
      panel = await panels.open({ prepare: (stream) => holds(stream, snapshot({ insights: insights(10) })) });
      await showsText(panel.find("insight-fold"), "4 more of low priority Show all");
      assert.equal(await panel.find("insight").count(), 6);
      await panel.find("insight-fold").click();
      await waitFor(async () => (await panel.find("insight").count()) === 10);
    });

    it("shows text of the workspace as text", async () => {
      const attack = `<img src=x onerror="document.title='owned'"><b>bold</b>`;
      const named = metric({ label: attack, value: attack, format: "text", icon: `x" onclick="y` });
      const listed = insights(1).map((insight) => ({ ...insight, title: attack, description: attack }));
      panel = await panels.open({
        prepare: (stream) =>
          holds(stream, snapshot({ metrics: { ...builtInMetrics(), mood: named }, insights: listed })),
      });
      await panel.find("insight-toggle").click();
      await showsText(panel.find("insight-description"), attack);
      assert.match(await textOf(panel.find("insight")), /<img src=x/);
      assert.equal(await panel.card("mood").getAttribute("data-value"), attack);
      assert.equal(await panel.page.locator("fusion-command-center img, fusion-command-center b").count(), 0);
      assert.notEqual(await panel.page.title(), "owned");
    });
  });

  describe("after the window is reloaded", () => {
    it("remembers feed and change, and pulses what changed meanwhile", async () => {
      panel = await panels.open();
      await panel.find("feed-entry").nth(2).waitFor();
      const metrics = builtInMetrics();
      panel.stream.snapshot = snapshot({
        sequence: 1,
        metrics: {
          ...metrics,
          revenue: metric({ ...metrics.revenue, previous: null }),
          memos: metric({ value: 18, previous: null }),
        },
      });
      panel.stream.status = status({ feed: [feedEntry(0, { sequence: 1, trigger: "start" })] });
      await panel.page.reload();
      await panel.page.waitForSelector('[data-metric="memos"].pulse');
      assert.equal(await panel.page.locator(".pulse").count(), 1);
      assert.equal(await textOf(panel.card("revenue").getByTestId("delta")), "▲up $450 · 3.8 %");
      await showsText(panel.find("feed-entry").first(), /start/);
      await showsText(panel.find("feed-entry").nth(1), /\$12,450/);
    });
  });
});
