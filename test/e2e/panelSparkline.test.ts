import assert from "node:assert/strict";
import { holds, type PanelHarness } from "../support/panelHarness.js";
import { showsText, usePanels } from "../support/panelSuite.js";
import { recentHistory } from "../support/recentHistory.js";
import { builtInMetrics, metric, snapshot } from "../support/snapshots.js";
import { waitFor } from "../support/waitFor.js";

describe("The sparkline on a card", () => {
  const panels = usePanels();
  let panel: PanelHarness;

  async function open(cards = 0, width = 900): Promise<void> {
    const more = Array.from({ length: cards }, (_, index) => [
      `m${index}`,
      metric({ label: `Memos ${index}` }),
    ]);
    panel = await panels.open({
      context: { viewport: { width, height: 900 } },
      prepare: (stream) => {
        holds(stream, snapshot({ metrics: { ...builtInMetrics(), ...Object.fromEntries(more) } }));
        stream.history = recentHistory(Date.now());
      },
    });
    await panel.reach("connected");
  }

  const asked = (id: string) => panel.stream.requests.filter((each) => each === `history ${id} 50`).length;
  const line = (id: string) => panel.card(id).getByTestId("sparkline").locator("path.line");

  it("shows the last day as a line and the change in words", async () => {
    await open();
    await line("revenue").waitFor({ state: "attached" });
    await showsText(panel.card("revenue").getByTestId("day-change"), /^▲up [\d.]+ % in 24 h$/);
    assert.equal(await panel.card("revenue").getByTestId("sparkline").getAttribute("aria-hidden"), "true");
    assert.equal(asked("revenue"), 1);
  });

  it("is a strip on a card of words, whose troubles stand out", async () => {
    await open();
    const card = panel.card("driveSync");
    const block = (tone: string) => card.getByTestId("sparkline").locator(`rect[data-tone="${tone}"]`);
    await block("bad").first().waitFor({ state: "attached" });
    const height = async (tone: string) => Number(await block(tone).first().getAttribute("height"));
    assert.ok((await height("bad")) > 2 * (await height("good")));
    await showsText(card.getByTestId("day-change"), /^(Same as|ERROR) 24 h ago$/);
    assert.equal(asked("driveSync"), 1);
  });

  it("is not on a card of a date", async () => {
    const release = metric({ label: "Release", value: "2026-12-24", format: "date" });
    panel = await panels.open({
      prepare: (stream) => {
        holds(stream, snapshot({ metrics: { ...builtInMetrics(), release } }));
        stream.history = recentHistory(Date.now());
      },
    });
    await line("revenue").waitFor({ state: "attached" });
    assert.equal(await panel.card("release").locator("fusion-sparkline").count(), 0);
    assert.equal(asked("release"), 0);
  });

  it("grows with what arrives, without asking", async () => {
    await open();
    await line("revenue").waitFor({ state: "attached" });
    const before = await line("revenue").getAttribute("d");
    panel.change({ value: 25_000 });
    await waitFor(async () => (await line("revenue").getAttribute("d")) !== before);
    assert.equal(asked("revenue"), 1);
  });

  it("is read anew after a reconnection", async () => {
    await open();
    await line("revenue").waitFor({ state: "attached" });
    await panel.stream.stop();
    await panel.reach("disconnected");
    await panel.restartStream();
    await panel.reach("connected");
    await waitFor(() => asked("revenue") === 2);
  });

  it("is asked for when its card is seen, and leaves the card as high as it was", async () => {
    await open(40, 320);
    await line("revenue").waitFor({ state: "attached" });
    assert.equal(asked("m39"), 0);
    const height = async () => (await panel.card("m39").boundingBox())?.height;
    const before = await height();
    await panel.card("m39").scrollIntoViewIfNeeded();
    await waitFor(() => asked("m39") === 1);
    await panel.card("m39").getByTestId("sparkline").waitFor({ state: "attached" });
    assert.equal(await height(), before);
    assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth), 320);
  });
});
