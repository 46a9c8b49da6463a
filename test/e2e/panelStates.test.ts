import assert from "node:assert/strict";
import { holds, type PanelHarness } from "../support/panelHarness.js";
import { showsText, textOf, usePanels } from "../support/panelSuite.js";
import { ago, builtInMetrics, changed, metric, snapshot, status } from "../support/snapshots.js";
import { waitFor } from "../support/waitFor.js";

const HOUR_MS = 3_600_000;

const NO_DATA = { folders: [{ uri: "file:///dashboard", name: "ahk-dashboard", hasData: false }] };

describe("The Command Center's states", () => {
  const panels = usePanels();
  let panel: PanelHarness;

  describe("without data", () => {
    it("shows outlines until the first snapshot", async () => {
      panel = await panels.open({ prepare: () => {} });
      await panel.find("loading").waitFor();
      await panel.reach("connected");
      panel.stream.emit(snapshot());
      await panel.card("memos").waitFor();
      assert.equal(await panel.find("loading").count(), 0);
    });

    it("teaches the next step where no data file is", async () => {
      panel = await panels.open({ prepare: () => {}, state: NO_DATA });
      await panel.find("empty").waitFor();
      assert.match(await textOf(panel.find("empty")), /data\/revenue_snapshot\.json/);
      await panel.page.getByRole("button", { name: "Open sample workspace" }).click();
      await panel.sent({ type: "action", action: "openSample" });
      panel.stream.emit(snapshot());
      await panel.card("memos").waitFor();
    });

    it("offers to open a folder where none is open, and connects to nothing", async () => {
      panel = await panels.open({ state: { folders: [], activeFolder: null } });
      await panel.find("no-folder").waitFor();
      await panel.page.getByRole("button", { name: "Open a folder" }).press("Enter");
      await panel.sent({ type: "action", action: "openFolder" });
      assert.equal(await panel.find("connection").count(), 0);
      assert.ok(!panel.messages.some(({ type }) => type === "relayOpen"));
    });

    it("says of each card what is wrong with it, and invents no value", async () => {
      const error = "data/revenue_snapshot.json, line 3: unexpected end of the file";
      const { revenue, ...others } = builtInMetrics();
      const gone = metric({ label: "Memos", value: null, available: false, error: "no memo index" });
      const stale = metric({ ...revenue, available: false, stale: true, error });
      panel = await panels.open({
        prepare: (stream) => holds(stream, snapshot({ metrics: { ...others, revenue: stale, memos: gone } })),
      });
      await showsText(panel.card("memos"), /–.*no memo index/);
      assert.equal(await panel.card("memos").getAttribute("data-value"), "");
      await showsText(
        panel.card("revenue"),
        /\$12,450.*Stale since \d\d:\d\d: data\/revenue_snapshot\.json, line 3/,
      );
      assert.ok(await panel.page.locator('[data-metric="revenue"].stale').count());
    });
  });

  it("leads from an error that a card cuts to all of it", async () => {
    const { revenue, ...others } = builtInMetrics();
    const error = `data/revenue_snapshot.json, line 3: ${"a comma is missing here. ".repeat(12)}The end.`;
    const stale = metric({ ...revenue, available: false, stale: true, error });
    const short = metric({ ...others.memos, available: false, stale: true, error: "not there" });
    panel = await panels.open({
      prepare: (stream) => holds(stream, snapshot({ metrics: { ...others, memos: short, revenue: stale } })),
    });
    await panel.card("revenue").waitFor();
    await waitFor(async () => (await panel.find("card-more").count()) === 1);
    await panel.find("card-more").press("Enter");
    await showsText(panel.page.locator(".explanation:popover-open .explanation-trouble"), /The end\.$/);
  });

  describe("with a broken fusion.json", () => {
    const configTrouble = { line: 12, message: '"fromat" is not known here.', usesLastGood: false };

    it("says where and why, and leads there", async () => {
      panel = await panels.open({ state: { configTrouble } });
      await showsText(panel.find("config-trouble"), "fusion.json has an error: nothing of it is used.");
      await showsText(
        panel.page.locator('.banner:has([data-testid="config-trouble"]) .banner-detail'),
        'fusion.json:12: "fromat" is not known here.',
      );
      await panel.find("open-config").click();
      await panel.sent({ type: "openConfig" });
    });

    it("says that the last good one is used, until it is mended", async () => {
      panel = await panels.open({ state: { configTrouble: { ...configTrouble, usesLastGood: true } } });
      await showsText(
        panel.find("config-trouble"),
        "fusion.json has an error: the last good configuration is used.",
      );
      await panel.setState({ configTrouble: null });
      await panel.find("config-trouble").waitFor({ state: "detached" });
    });
  });

  describe("when the stream is in trouble", () => {
    it("warns once the last update is too long ago, and no longer after the next one", async () => {
      panel = await panels.open();
      await panel.reach("connected");
      assert.equal(await panel.find("stale-warning").count(), 0);
      await panel.find("announcer").evaluate((announcer) => {
        const said: (string | null)[] = [];
        Object.assign(window, { said });
        const listen = () => said.push(announcer.textContent);
        new MutationObserver(listen).observe(announcer, {
          subtree: true,
          childList: true,
          characterData: true,
        });
      });
      // A second until the limit, and two of grace: only the page's own clock can bring it about.
      panel.stream.emit(snapshot({ timestamp: ago(10 * 60 - 1) }));
      await panel.reach("stale");
      assert.equal(await textOf(panel.find("stale-warning")), "⚠️ No data pulse – check backend");
      assert.ok(await panel.page.locator('[data-metric="memos"].stale').count());
      const next = changed(panel.stream.snapshot ?? snapshot(), "memos", { value: 18 });
      panel.stream.emit({ ...next, timestamp: ago(11 * 60) });
      await showsText(panel.find("announcer"), /Memos: 18$/);
      assert.doesNotMatch(String(await panel.page.evaluate("said")), /Stale/, "an alert has said so");
      panel.change({ value: 12900 });
      await panel.reach("connected");
      assert.equal(await panel.find("stale-warning").count(), 0);
    });

    for (const hours of [-3, 3]) {
      const behind = hours < 0 ? "behind" : "ahead of";
      it(`counts by the stream's clock, where that is hours ${behind} the page's`, async () => {
        const hostAhead = hours * HOUR_MS;
        const there = (seconds: number) => ago(seconds - hours * 3600);
        panel = await panels.open({
          hostAhead,
          prepare: (stream) => {
            holds(stream, snapshot({ timestamp: there(90) }));
            stream.status = status({ nextEmissionAt: there(-186) });
          },
        });
        await panel.reach("connected");
        await showsText(panel.page.locator(".times"), /updated 1 min ago · next in 3:0\d/);
        panel.stream.emit(snapshot({ timestamp: there(15 * 60) }));
        await panel.reach("stale");
        await showsText(panel.page.locator(".banner-detail"), /, 15 min ago\./);
      });
    }

    it("keeps the values when the connection is lost, and comes back by itself", async () => {
      panel = await panels.open();
      await panel.card("revenue").waitFor();
      await panel.stream.stop();
      await panel.reach("disconnected");
      await showsText(panel.find("reconnecting"), "Connection lost. Reconnecting…");
      await showsText(panel.find("announcer"), "Connection: Disconnected");
      assert.equal(await panel.page.locator(".banner").getByRole("status").count(), 0);
      assert.equal(await panel.card("revenue").getAttribute("data-value"), "12450");
      assert.ok(await panel.page.locator('[data-metric="revenue"].stale').count());
      await panel.restartStream();
      await panel.reach("connected");
      assert.equal(await panel.find("reconnecting").count(), 0);
      panel.change({ value: 12900 });
      await panel.page.waitForSelector('[data-metric="revenue"].pulse');
    });

    it("speaks of no values where none have come before the connection is lost", async () => {
      panel = await panels.open({ prepare: () => {} });
      await panel.reach("connected");
      await panel.stream.stop();
      await panel.reach("disconnected");
      await showsText(panel.page.locator(".banner-detail"), "Nothing has arrived yet.");
    });

    it("says why it cannot connect, and does as soon as it can", async () => {
      panel = await panels.open({
        prepare: (stream) => {
          holds(stream);
          stream.closed = true;
        },
      });
      await panel.reach("error");
      assert.match(await textOf(panel.page.locator(".banner")), /cannot be reached.*no such stream/);
      panel.stream.closed = false;
      await panel.reach("connected");
    });

    it("says in Restricted Mode what is off", async () => {
      panel = await panels.open({ state: { workspaceTrusted: false } });
      await showsText(
        panel.find("restricted"),
        "Restricted Mode: files are read; the server for other programs is off.",
      );
      await panel.page.getByRole("button", { name: "Manage trust" }).click();
      await panel.sent({ type: "action", action: "manageTrust" });
      await panel.setState({ workspaceTrusted: true });
      await waitFor(async () => (await panel.find("restricted").count()) === 0);
    });
  });
});
