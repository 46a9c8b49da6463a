import assert from "node:assert/strict";
import { type Alert, FAILED_EMISSIONS } from "../../src/protocol/alerts.js";
import { type HarnessOptions, holds, type PanelHarness } from "../support/panelHarness.js";
import { showsText, textOf, usePanels } from "../support/panelSuite.js";
import { ago, alert } from "../support/snapshots.js";
import { waitFor } from "../support/waitFor.js";

const SYNC = alert({
  id: "driveSync:becomes:ERROR",
  metric: "driveSync",
  severity: "error",
  message: "Drive sync is ERROR.",
  value: "ERROR",
});
const LOW = alert();
const MUTED = alert({
  id: "memos:above:15",
  metric: "memos",
  severity: "info",
  message: "Memos is 17, above 15.",
  since: ago(7_300),
  muted: true,
});
const OVER = alert({
  id: `${FAILED_EMISSIONS}:above:5`,
  metric: FAILED_EMISSIONS,
  severity: "error",
  state: "resolved",
  message: "Failed emissions in an hour is 0 % now.",
  resolvedAt: ago(600),
});
const ALL = [SYNC, LOW, MUTED, OVER];

describe("The Command Center's alerts", () => {
  const panels = usePanels();
  let panel: PanelHarness;

  const opens = async (alerts: readonly Alert[], options: HarnessOptions = {}) => {
    panel = await panels.open({
      ...options,
      prepare: (stream) => {
        holds(stream);
        stream.alerts = alerts;
      },
    });
    await panel.card("revenue").waitFor();
    await panel.reach("connected");
  };
  const row = (index: number) => panel.find("alert").nth(index);
  const button = (index: number, action: string) => row(index).locator(`[data-action="${action}"]`);
  const shows = (count: number) =>
    waitFor(async () => (await panel.find("alert").count()) === count, { message: `${count} alerts` });

  it("are no section of the page while there never was one", async () => {
    await opens([]);
    assert.equal(await panel.page.locator("#alerts-heading").count(), 0);
    panel.stream.tell([LOW]);
    await shows(1);
    assert.equal(await textOf(panel.page.locator("#alerts-heading")), "Alerts 1");
  });

  it("stand with severity, state, message and time, those that fire in view", async () => {
    await opens(ALL);
    await shows(3);
    const found = await panel
      .find("alert")
      .evaluateAll((rows) =>
        (rows as HTMLElement[]).map(({ dataset }) => [dataset.severity, dataset.status]),
      );
    assert.deepEqual(found, [
      ["error", "firing"],
      ["warning", "firing"],
      ["info", "muted"],
    ]);
    assert.match(
      await textOf(row(1)),
      /^Warning MRR is \$9,800, below \$10,000\. for \d+ min Snooze 1 h Mute$/,
    );
    assert.equal(await textOf(row(2)), "Info Memos is 17, above 15. Muted for 2 h Unmute");
    await panel.find("alerts-recent").click();
    await shows(4);
    assert.equal(await row(3).getAttribute("data-status"), "resolved");
    await panel.page.keyboard.press("Enter");
    await shows(3);
  });

  it("mark their cards, in words too, until they are over", async () => {
    await opens(ALL);
    const marks = (id: string) => panel.card(id).locator('[data-testid="card-alert"]');
    await showsText(marks("driveSync"), "Alert (Error): Drive sync is ERROR.");
    await showsText(marks("memos"), "Muted alert (Info): Memos is 17, above 15.");
    assert.equal(await panel.card("driveSync").getAttribute("data-alert"), "error");
    assert.equal(await panel.card("memos").getAttribute("data-alert"), null, "muted");
    assert.equal(await marks("recommendations").count(), 0);
    const border = (id: string) => panel.card(id).evaluate((card) => getComputedStyle(card).borderColor);
    assert.notEqual(await border("driveSync"), await border("recommendations"));
    panel.stream.tell([OVER]);
    await waitFor(async () => (await marks("driveSync").count()) === 0);
    assert.equal(await panel.card("driveSync").getAttribute("data-alert"), null);
    assert.match(await textOf(panel.page.locator("fusion-alert-list")), /No alert is firing\. Recent \(1\)/);
  });

  it("are snoozed, muted and heard again through the host", async () => {
    await opens(ALL);
    await shows(3);
    await button(0, "snooze").click();
    await panel.sent({ type: "alertAction", action: "snooze", id: SYNC.id });
    await button(1, "mute").click();
    await panel.sent({ type: "alertAction", action: "mute", id: LOW.id });
    await button(2, "unmute").click();
    await panel.sent({ type: "alertAction", action: "unmute", id: MUTED.id });
    assert.equal(await button(1, "mute").getAttribute("aria-label"), "Mute: MRR is $9,800, below $10,000.");
  });

  it("lead to where their metric comes from", async () => {
    await opens(ALL);
    await panel.find("alert-open").nth(1).click();
    await panel.sent({ type: "openMetric", metric: "revenue" });
    await panel.find("alerts-recent").click();
    await panel.find("alert-open").nth(3).click();
    await panel.sent({ type: "action", action: "showLog" });
  });

  it("say until when they are snoozed", async () => {
    const mutedUntil = new Date(Date.now() + 45 * 60_000);
    await opens([{ ...MUTED, mutedUntil: mutedUntil.toISOString() }]);
    const clock = mutedUntil.toLocaleTimeString("en", {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    await waitFor(async () => (await textOf(row(0))).includes("Snoozed until"));
    assert.ok((await textOf(row(0))).includes(clock), await textOf(row(0)));
  });

  it("begin from a card's explanation", async () => {
    await opens([]);
    await panel.card("memos").hover();
    await panel.page.locator('[data-metric="memos"] ~ * [data-testid="why"]').click();
    await panel.find("explanation-add-alert").click();
    await panel.sent({ type: "addAlert", metric: "memos" });
    assert.equal(await panel.page.locator('[data-testid="explanation"]:popover-open').count(), 0);
  });

  it("are announced when they begin and end, but not those that are old or muted", async () => {
    await opens([MUTED, SYNC]);
    await shows(2);
    panel.stream.tell([{ ...LOW, since: ago(0) }, MUTED, SYNC]);
    await showsText(panel.find("announcer"), /Alert \(Warning\): MRR is \$9,800, below \$10,000\./);
    assert.doesNotMatch(await textOf(panel.find("announcer")), /Memos|Drive/);
    panel.stream.tell([{ ...SYNC, state: "resolved", message: "Drive sync is OK now.", resolvedAt: ago(0) }]);
    await showsText(panel.find("announcer"), /Alert over: Drive sync is OK now\./);
  });

  for (const width of [320, 700, 1400]) {
    it(`stay within ${width} pixels, however long their messages`, async () => {
      const long = alert({
        metric: "memos",
        message: `A very long label of a metric ${"anUnbrokenName".repeat(30)} is 17.`,
      });
      await opens([SYNC, long, MUTED], { context: { viewport: { width, height: 700 } } });
      await shows(3);
      const outside = await panel.page.evaluate(() => {
        const rows = [...document.querySelectorAll(".alert, .alert *, .card *")];
        const right = rows.filter((each) => each.getBoundingClientRect().right > window.innerWidth);
        return { rows: right.length, page: document.documentElement.scrollWidth - window.innerWidth };
      });
      assert.deepEqual(outside, { rows: 0, page: 0 });
    });
  }
});
