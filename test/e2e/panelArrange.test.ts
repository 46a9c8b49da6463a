import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { PanelHarness } from "../support/panelHarness.js";
import { showsText, usePanels } from "../support/panelSuite.js";
import { waitFor } from "../support/waitFor.js";

const ORDER = ["memos", "revenue", "driveSync", "recommendations"];

describe("the panel's cards", () => {
  const panels = usePanels();
  const opened = async (width = 900) => {
    const panel = await panels.open({ context: { viewport: { width, height: 900 } } });
    await panel.card("memos").waitFor();
    return panel;
  };
  const shown = (panel: PanelHarness) =>
    panel.find("card").evaluateAll((cards) => cards.map((card) => card.getAttribute("data-metric")));
  const shows = async (panel: PanelHarness, ...order: string[]) => {
    await waitFor(async () => (await shown(panel)).join() === order.join(), {
      message: `the order ${order}`,
    });
  };
  const centre = async (card: Locator) => {
    const { x, y, width, height } = (await card.boundingBox()) ?? assert.fail();
    return { x: x + width / 2, y: y + height / 2, width, height };
  };
  const drag = async (panel: PanelHarness, from: string, to: string, part: number) => {
    const start = await centre(panel.card(from));
    const end = await centre(panel.card(to));
    await panel.page.mouse.move(start.x, start.y);
    await panel.page.mouse.down();
    await panel.page.mouse.move(end.x + end.width * part, end.y, { steps: 5 });
  };

  it("are moved by Alt+Shift and an arrow, say where to, and keep the focus", async () => {
    const panel = await opened();
    await panel.card("memos").focus();
    await panel.page.keyboard.press("Alt+Shift+ArrowRight");
    await shows(panel, "revenue", "memos", "driveSync", "recommendations");
    await panel.sent({ type: "arrangeCards", cards: ["revenue", "memos", "driveSync", "recommendations"] });
    await showsText(panel.find("announcer"), "Memos: place 2 of 4");
    await waitFor(async () => await panel.card("memos").evaluate((card) => card === document.activeElement));
    await panel.page.keyboard.press("Alt+Shift+ArrowRight");
    await shows(panel, "revenue", "driveSync", "memos", "recommendations");
    await panel.page.keyboard.press("Alt+Shift+ArrowLeft");
    await panel.page.keyboard.press("Alt+Shift+ArrowLeft");
    await shows(panel, ...ORDER);
    const { length } = panel.messages;
    await panel.page.keyboard.press("Alt+Shift+ArrowLeft");
    await panel.page.keyboard.press("Alt+Shift+ArrowUp");
    assert.equal(panel.messages.length, length, "the first has nowhere to go");
    assert.equal(panel.messages.filter(({ type }) => type === "openMetric").length, 0);
  });

  it("have the focus again before the next key, on a page too busy to draw", async () => {
    const panel = await opened();
    await panel.card("memos").focus();
    await panel.page.evaluate(() => {
      window.requestAnimationFrame = () => 0;
    });
    await panel.page.keyboard.press("Alt+Shift+ArrowRight");
    await panel.page.keyboard.press("Alt+Shift+ArrowRight");
    await panel.page.keyboard.press("Alt+Shift+ArrowRight");
    await shows(panel, "revenue", "driveSync", "recommendations", "memos");
  });

  it("do not pulse for ever when they are moved while they do", async () => {
    const panel = await opened();
    await panel.card("revenue").focus();
    panel.change({ value: 99_000 });
    await panel.page.locator('.pulse[data-metric="revenue"]').waitFor();
    await panel.page.keyboard.press("Alt+Shift+ArrowRight");
    await shows(panel, "memos", "driveSync", "revenue", "recommendations");
    await waitFor(async () => (await panel.page.locator(".pulse").count()) === 0, {
      message: "the pulse to end",
    });
  });

  it("go up and down by a row", async () => {
    const panel = await opened(600);
    await panel.card("memos").focus();
    await panel.page.keyboard.press("Alt+Shift+ArrowDown");
    await shows(panel, "revenue", "driveSync", "memos", "recommendations");
    await panel.page.keyboard.press("Alt+Shift+ArrowUp");
    await shows(panel, ...ORDER);
  });

  it("are dragged to a mark between two others, and nothing is opened by it", async () => {
    const panel = await opened();
    await drag(panel, "memos", "driveSync", 0.3);
    const mark = panel.page.locator('[data-drop="after"]');
    await mark.locator('[data-metric="driveSync"]').waitFor();
    await panel.page.mouse.up();
    await shows(panel, "revenue", "driveSync", "memos", "recommendations");
    assert.equal(await panel.page.locator("[data-drop], .dragged, .arranging").count(), 0);
    await showsText(panel.find("announcer"), "Memos: place 3 of 4");
    assert.equal(panel.messages.filter(({ type }) => type === "openMetric").length, 0);
    await panel.card("revenue").click();
    await panel.sent({ type: "openMetric", metric: "revenue" });
  });

  it("stay where they are when a drag is given up by Escape, or ends where it began", async () => {
    const panel = await opened();
    await drag(panel, "memos", "driveSync", 0.3);
    await panel.page.keyboard.press("Escape");
    await panel.page.mouse.up();
    assert.equal(await panel.page.locator("[data-drop], .dragged, .arranging").count(), 0);
    await drag(panel, "memos", "revenue", -0.3);
    await panel.page.mouse.up();
    assert.deepEqual(await shown(panel), ORDER);
    assert.equal(panel.messages.filter(({ type }) => /arrange|openMetric/.test(type)).length, 0);
  });

  it("go the way that they are read, where that is from right to left", async () => {
    const panel = await opened();
    await panel.page.evaluate(() => {
      document.documentElement.dir = "rtl";
    });
    await panel.card("memos").focus();
    await panel.page.keyboard.press("Alt+Shift+ArrowLeft");
    await shows(panel, "revenue", "memos", "driveSync", "recommendations");
    await drag(panel, "recommendations", "revenue", 0.3);
    await panel.page.locator('[data-drop="before"] [data-metric="revenue"]').waitFor();
    await panel.page.mouse.up();
    await shows(panel, "recommendations", "revenue", "memos", "driveSync");
  });

  it("stand in the stream's order again where theirs could not be kept, or when that has changed", async () => {
    const panel = await opened();
    await panel.card("memos").focus();
    await panel.page.keyboard.press("Alt+Shift+ArrowRight");
    await shows(panel, "revenue", "memos", "driveSync", "recommendations");
    await panel.post({ type: "cardsArranged", saved: false });
    await shows(panel, ...ORDER);
    await panel.page.keyboard.press("Alt+Shift+ArrowRight");
    await panel.post({ type: "cardsArranged", saved: true });
    await shows(panel, "revenue", "memos", "driveSync", "recommendations");
    const cards = [...ORDER].reverse();
    panel.stream.emit({ ...(panel.stream.snapshot ?? assert.fail()), sequence: 43, cards });
    await shows(panel, ...cards);
  });

  it("are marked where they would come to stand below each other, too", async () => {
    const panel = await opened(360);
    const start = await centre(panel.card("memos"));
    const end = await centre(panel.card("revenue"));
    await panel.page.mouse.move(start.x, start.y);
    await panel.page.mouse.down();
    await panel.page.mouse.move(end.x, end.y + end.height * 0.3, { steps: 5 });
    await panel.page.locator('[data-drop="after"] [data-metric="revenue"]').waitFor();
    await panel.page.mouse.up();
    await shows(panel, "revenue", "memos", "driveSync", "recommendations");
  });
});
