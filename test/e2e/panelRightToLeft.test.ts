import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { fullOptions, unfold } from "../support/fullPanel.js";
import { inArabic } from "../support/languages.js";
import { holds, type PanelHarness } from "../support/panelHarness.js";
import { textOf, usePanels } from "../support/panelSuite.js";
import { metric, snapshot } from "../support/snapshots.js";

describe("The Command Center in Arabic", () => {
  const panels = usePanels();
  let panel: PanelHarness;

  it("is mirrored, but for what runs from left to right in every language", async () => {
    panel = await panels.open(fullOptions(inArabic()));
    await unfold(panel);
    const html = panel.page.locator("html");
    assert.deepEqual([await html.getAttribute("lang"), await html.getAttribute("dir")], ["ar", "rtl"]);
    const [title, pill] = [await middle(".title"), await middle('[data-testid="connection"]')];
    assert.ok(title > pill, "the title stands at the right");
    assert.ok(
      (await middle('[data-metric="memos"]')) > (await middle('[data-metric="revenue"]')),
      "the first card too",
    );
    assert.ok(
      (await middle('[data-range="1h"]')) > (await middle('[data-range="1y"]')),
      "and the shortest range",
    );
    const ways = await panel.page.evaluate(() => {
      const styleOf = (selector: string) => getComputedStyle(document.querySelector(selector) as Element);
      return {
        chart: styleOf(".trend-chart").direction,
        path: styleOf(".insight-place .path").direction,
        arrow: styleOf(".onward").transform,
        unfolded: styleOf(".stream-health > summary > .codicon").transform,
      };
    });
    assert.deepEqual(ways, {
      chart: "ltr",
      path: "ltr",
      arrow: "matrix(-1, 0, 0, 1, 0, 0)",
      // Down, as everywhere.
      unfolded: "matrix(0, 1, -1, 0, 0, 0)",
    });
    await panel.find("stream-health").locator("summary").click();
    const folded = await panel.page
      .locator(".stream-health > summary > .codicon")
      .evaluate((icon) => getComputedStyle(icon).transform);
    assert.equal(folded, "matrix(-1, 0, 0, 1, 0, 0)");
  });

  it("puts a unit behind its number, whichever way the unit is written", async () => {
    const metrics = {
      latency: metric({ label: "زمن الاستجابة", value: 12.5, unit: "ms" }),
      requests: metric({ label: "الطلبات", value: 12, unit: "طلبًا" }),
    };
    panel = await panels.open({
      state: inArabic(),
      prepare: (stream) => holds(stream, snapshot({ metrics, insights: [] })),
    });
    const isUnitAtRight = async (id: string) => {
      const figure = panel.card(id).locator(".card-figure");
      return (await middle(`[data-metric="${id}"] .card-unit`)) > (await centre(figure));
    };
    assert.equal(await isUnitAtRight("latency"), true);
    assert.equal(await isUnitAtRight("requests"), false);
  });

  it("cuts a label at the end of its own language", async () => {
    panel = await panels.open(fullOptions(inArabic()));
    const label = panel.card("churn").locator(".card-label");
    const cut = await label.evaluate((box) => {
      const text = document.createRange();
      text.selectNodeContents(box.querySelector("bdi") ?? box);
      const [words, room] = [text.getBoundingClientRect(), box.getBoundingClientRect()];
      return { left: words.left < room.left - 1, right: words.right > room.right + 1 };
    });
    assert.deepEqual(cut, { left: false, right: true });
  });

  it("says everything in Arabic: names, errors, alerts, ages", async () => {
    panel = await panels.open(fullOptions(inArabic()));
    await unfold(panel);
    const plain = async (locator: Parameters<typeof textOf>[0]) =>
      (await textOf(locator)).replace(/[\u200e\u200f\u2066-\u2069]/g, "").replaceAll("\u00a0", " ");
    assert.match(await plain(panel.card("memos")), /^المذكرات 2 د 17/);
    assert.match(await plain(panel.card("revenue")), /12,450 US\$/);
    assert.match(await plain(panel.card("churn")), /reports\/churn\.csv، السطر 12: خلايا هذا الصف 3/);
    assert.match(await plain(panel.card("disk")), /قديم منذ .*: data\/disk\.json: الملف فارغ/);
    assert.equal(
      await plain(panel.find("alert").first().locator(".alert-message")),
      "قيمة الإيراد الشهري هي 9,800 US$، أقل من 10,000 US$.",
    );
    assert.match(await plain(panel.page.locator(".times")), /^حُدّث .* · التالي خلال \d:\d\d$/);
  });

  /** Where the middle of what is written in an element is, in CSS pixels from the left. */
  function centre(locator: Locator): Promise<number> {
    return locator.evaluate((element) => {
      const text = document.createRange();
      text.selectNodeContents(element.querySelector("bdi") ?? element);
      const { left, width } = text.getBoundingClientRect();
      return left + width / 2;
    });
  }

  /** Where an element's middle is, in CSS pixels from the left. */
  async function middle(selector: string): Promise<number> {
    const box = await panel.page.locator(selector).first().boundingBox();
    assert.ok(box, selector);
    return box.x + box.width / 2;
  }
});
