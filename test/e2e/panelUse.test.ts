import assert from "node:assert/strict";
import { holds, type PanelHarness } from "../support/panelHarness.js";
import { showsText, usePanels } from "../support/panelSuite.js";
import { changed, metric, snapshot, status } from "../support/snapshots.js";
import { waitFor } from "../support/waitFor.js";

describe("The Command Center in use", () => {
  const panels = usePanels();
  let panel: PanelHarness;

  describe("at the user's hands", () => {
    it("refreshes, and says inline when that was refused", async () => {
      panel = await panels.open();
      await panel.reach("connected");
      await panel.find("refresh").click();
      await waitFor(() => panel.stream.requests.includes("refresh"));
      await showsText(panel.find("announcer"), /Updated$/);
      assert.equal(await panel.find("notice").count(), 0);
      panel.stream.refusal = { ok: false, error: { code: "RATE_LIMITED", message: "once a second" } };
      await panel.find("refresh").click();
      await showsText(panel.find("notice"), "Refresh failed: that was too soon after the last time.");
      panel.stream.refusal = null;
      await panel.find("refresh").click();
      await waitFor(async () => (await panel.find("notice").count()) === 0);
    });

    it("sets the interval, and follows when somebody else sets it", async () => {
      panel = await panels.open();
      const interval = panel.find("interval");
      await panel.page.waitForSelector('[data-testid="interval"]:enabled');
      assert.equal(await interval.inputValue(), "5");
      assert.deepEqual(await interval.locator("option").allTextContents(), [
        ...["3 min", "4 min", "5 min", "6 min", "7 min", "8 min", "9 min", "10 min"],
      ]);
      await interval.selectOption("3");
      await waitFor(() => panel.stream.requests.includes("interval 3"));
      panel.stream.say(status({ interval: { minutes: 7.5 } }));
      await waitFor(async () => (await interval.inputValue()) === "7.5");
      panel.stream.refusal = { ok: false, error: { code: "FORBIDDEN", message: "no" } };
      await interval.selectOption("10");
      await showsText(panel.find("notice"), "The interval was not changed: this connection may not do that.");
      await waitFor(async () => (await interval.inputValue()) === "7.5");
    });

    it("sets the interval that keys come to, and none on the way there", async () => {
      panel = await panels.open();
      const interval = panel.find("interval");
      const asked = () => panel.stream.requests.filter((request) => request.startsWith("interval"));
      await panel.page.waitForSelector('[data-testid="interval"]:enabled');
      await interval.focus();
      for (const key of ["ArrowDown", "ArrowDown", "Escape"]) await panel.page.keyboard.press(key);
      assert.equal(await interval.inputValue(), "5");
      for (const key of ["ArrowDown", "ArrowDown"]) await panel.page.keyboard.press(key);
      assert.equal(await interval.inputValue(), "7");
      await panel.page.keyboard.press("Enter");
      await waitFor(() => asked().length > 0);
      assert.deepEqual(asked(), ["interval 7"]);
    });

    it("opens a metric's file and an insight's line, by keyboard alone", async () => {
      panel = await panels.open();
      await panel.card("memos").waitFor();
      await panel.reach("connected");
      await panel.page.waitForSelector('[data-testid="interval"]:enabled');
      const stops: string[] = [];
      for (let presses = 0; presses < 20; presses += 1) {
        await panel.page.keyboard.press("Tab");
        stops.push(
          await panel.page.evaluate(() => {
            const { dataset } = document.activeElement as HTMLElement;
            return [dataset.testid, dataset.metric].filter(Boolean).join(" ");
          }),
        );
        if (stops.at(-1) === "card revenue") {
          const outline = await panel.card("revenue").evaluate((each) => getComputedStyle(each).outlineStyle);
          assert.equal(outline, "solid", "the focus is seen");
          await panel.page.keyboard.press("Enter");
        }
        if (stops.at(-1) === "insight" && stops.filter((stop) => stop === "insight").length === 1) {
          await panel.page.keyboard.press("Enter");
        }
      }
      assert.deepEqual(stops.slice(0, 17), [
        ...["refresh", "interval"],
        ...["card memos", "show-trend", "why", "card revenue", "show-trend", "why"],
        ...["card driveSync", "show-trend", "why", "card recommendations", "show-trend", "why"],
        ...["add-card", "insight", "insight-toggle"],
      ]);
      await panel.sent({ type: "openMetric", metric: "revenue" });
      await panel.sent({ type: "openInsight", insight: "r1" });
    });

    it("switches to another folder's stream", async () => {
      const folders = [
        { uri: "file:///dashboard", name: "ahk-dashboard", hasData: true },
        { uri: "file:///other", name: "other", hasData: true },
      ];
      panel = await panels.open({ state: { folders } });
      await panel.card("memos").waitFor();
      await panel.find("folder").selectOption("file:///other");
      await panel.sent({ type: "switchFolder", uri: "file:///other" });
      panel.stream.snapshot = changed(snapshot(), "memos", { value: 3 });
      await panel.setState({ activeFolder: "file:///other" });
      await panel.page.waitForSelector('[data-metric="memos"][data-value="3"]');
      assert.equal(await panel.page.locator(".pulse").count(), 0);
      assert.equal(panel.messages.filter(({ type }) => type === "relayOpen").length, 2);
    });

    it("switches to the folder that keys have come to when the list is left", async () => {
      const folders = ["a", "b", "c"].map((name) => ({ uri: `file:///${name}`, name, hasData: true }));
      panel = await panels.open({ state: { folders, activeFolder: "file:///a" } });
      await panel.reach("connected");
      await panel.find("folder").focus();
      for (const key of ["ArrowDown", "c", "Tab"]) await panel.page.keyboard.press(key);
      await panel.sent({ type: "switchFolder", uri: "file:///c" });
      assert.equal(panel.messages.filter(({ type }) => type === "switchFolder").length, 1);
    });

    it("tells a screen reader what changed", async () => {
      panel = await panels.open();
      await panel.card("memos").waitFor();
      panel.change({ value: 12900 });
      await showsText(panel.find("announcer"), /MRR: \$12,900/);
    });

    it("tells it of a few of many changes, and how many more there are", async () => {
      const many = (value: number) =>
        Object.fromEntries(
          Array.from({ length: 12 }, (_, index) => [`m${index}`, metric({ label: `M${index}`, value })]),
        );
      const cards = Object.keys(many(0));
      panel = await panels.open({
        prepare: (stream) => holds(stream, snapshot({ metrics: many(1), cards })),
      });
      await panel.card("m0").waitFor();
      panel.stream.emit(snapshot({ metrics: many(2), cards, sequence: 99 }));
      await showsText(panel.find("announcer"), "M0: 2. M1: 2. M2: 2. M3: 2. M4: 2. 7 more values changed");
    });

    it("speaks the language of VS Code", async () => {
      panel = await panels.open({
        state: { locale: "de", translations: { Live: "Verbunden", "Insight viewer": "Erkenntnisse" } },
      });
      await panel.card("revenue").waitFor();
      await showsText(panel.find("connection"), "Verbunden");
      await showsText(panel.card("revenue"), /12\.450/);
    });

    it("says of another folder nothing of how a question to the one before ended", async () => {
      const folders = [
        { uri: "file:///dashboard", name: "ahk-dashboard", hasData: true },
        { uri: "file:///other", name: "other", hasData: true },
      ];
      panel = await panels.open({ state: { folders } });
      await panel.reach("connected");
      panel.stream.snapshot = null;
      await panel.find("refresh").click();
      await waitFor(() => panel.stream.requests.includes("refresh"));
      panel.stream.snapshot = changed(snapshot(), "memos", { value: 3 });
      await panel.setState({ activeFolder: "file:///other" });
      await panel.page.waitForSelector('[data-metric="memos"][data-value="3"]');
      assert.equal(await panel.find("notice").count(), 0);
    });
  });
});
