import assert from "node:assert/strict";
import type { Metric } from "../../src/protocol/snapshot.js";
import { holds, type PanelHarness } from "../support/panelHarness.js";
import { showsText, textOf, usePanels } from "../support/panelSuite.js";
import { ago, builtInMetrics, metric, snapshot } from "../support/snapshots.js";
import { waitFor } from "../support/waitFor.js";

const LATENCY = metric({
  label: "Latency",
  value: 15,
  unit: "ms",
  previous: 12,
  stale: true,
  available: false,
  error: "logs/app.log, line 9: the file is locked.",
  source: { file: "logs/app.log", line: 7 },
  origin: { kind: "file", file: "logs/app.log", match: "took (?<value>[0-9.]+)ms", aggregate: "avg" },
});

describe("The Command Center's explanations", () => {
  const panels = usePanels();
  let panel: PanelHarness;

  const why = (id: string) => panel.page.locator(`[data-metric="${id}"] ~ * [data-testid="why"]`);
  const shown = () => panel.page.locator('[data-testid="explanation"]:popover-open');
  const row = (id: string) => shown().locator(`[data-row="${id}"] dd`);
  const focused = () => panel.page.evaluate(() => (document.activeElement as HTMLElement).dataset.testid);
  const opensLatency = async () => {
    panel = await panels.open({
      prepare: (stream) => holds(stream, snapshot({ metrics: { ...builtInMetrics(), latency: LATENCY } })),
    });
    await panel.card("latency").waitFor();
  };

  it("say by mouse where a value comes from, what was made of it, and what is wrong", async () => {
    await opensLatency();
    await panel.card("latency").hover();
    await waitFor(
      async () => (await why("latency").evaluate((each) => getComputedStyle(each).opacity)) === "1",
    );
    assert.equal(await why("latency").getAttribute("aria-label"), "Why Latency is 15 ms");
    await why("latency").click();
    await showsText(shown(), /^Latency 15 ms .*the file is locked/);
    assert.equal(await textOf(row("source")), "logs/app.log:7");
    assert.equal(await textOf(row("value")), "average of the lines that match took (?<value>[0-9.]+)ms");
    assert.match(await textOf(row("read")), /^\d\d:\d\d \(\d+ (s|min) ago\)$/);
    assert.match(await textOf(row("changed")), /^\d\d:\d\d \(\d+ min ago\), from 12 ms$/);
    assert.ok(!panel.messages.some(({ type }) => type === "openMetric"), "the card itself was not clicked");
    await panel.page.getByRole("button", { name: "Open file at line 7" }).click();
    await panel.sent({ type: "openMetric", metric: "latency" });
    assert.equal(await shown().count(), 0);
  });

  it("follow the value while they are open", async () => {
    panel = await panels.open();
    await panel.card("revenue").waitFor();
    await panel.reach("connected");
    await why("revenue").click();
    await showsText(row("changed"), /from \$12,000$/);
    panel.change({ value: 12900 });
    await showsText(row("changed"), /from \$12,450$/);
    await showsText(shown(), /^MRR \$12,900/);
    assert.equal(await why("revenue").getAttribute("aria-label"), "Why MRR is $12,900");
  });

  it("open by keyboard, close on Escape, and give the focus back", async () => {
    panel = await panels.open();
    await panel.card("memos").waitFor();
    await panel.card("memos").focus();
    await panel.page.keyboard.press("Tab");
    assert.equal(await focused(), "show-trend");
    await panel.page.keyboard.press("Tab");
    assert.equal(await focused(), "why");
    assert.equal(await why("memos").evaluate((each) => getComputedStyle(each).opacity), "1");
    await panel.page.keyboard.press("Enter");
    await showsText(row("value"), "the number at totalMemos");
    assert.equal(await focused(), "explanation", "a screen reader reads it out");
    assert.equal(await why("memos").getAttribute("aria-expanded"), "true");
    await panel.page.keyboard.press("Tab");
    assert.equal(await focused(), "explanation-open");
    await panel.page.keyboard.press("Escape");
    await waitFor(async () => (await focused()) === "why");
    assert.equal(await why("memos").getAttribute("aria-expanded"), "false");
    await panel.page.keyboard.press("Space");
    await shown().waitFor();
    await panel.page.keyboard.press("Tab");
    await panel.page.keyboard.press("Enter");
    await panel.sent({ type: "openMetric", metric: "memos" });
    await waitFor(async () => (await focused()) === "why");
  });

  it("close on a click beside them, and give the focus back", async () => {
    panel = await panels.open();
    await panel.card("memos").waitFor();
    await why("memos").click();
    await shown().waitFor();
    await panel.page.locator("#feed-heading").click();
    await waitFor(async () => (await shown().count()) === 0);
    await waitFor(async () => (await focused()) === "why");
    await why("memos").click();
    await shown().waitFor();
    await why("memos").click();
    await waitFor(async () => (await shown().count()) === 0);
  });

  it("close when the focus goes on, which they would cover, and leave it there", async () => {
    panel = await panels.open();
    await panel.card("memos").waitFor();
    await why("memos").focus();
    await panel.page.keyboard.press("Enter");
    await shown().waitFor();
    await panel.page.keyboard.press("Shift+Tab");
    assert.equal(await focused(), "why");
    assert.equal(await shown().count(), 1);
    for (let presses = 0; presses < 3; presses++) await panel.page.keyboard.press("Tab");
    await waitFor(async () => (await shown().count()) === 0);
    assert.equal(
      await panel.card("revenue").evaluate((card) => card === document.activeElement),
      true,
      await focused(),
    );
  });

  it("have all of a text that its card cuts", async () => {
    panel = await panels.open({ prepare: (stream) => holds(stream, snapshot({ metrics: ofEveryKind() })) });
    await panel.card("longText").waitFor();
    await why("longText").click();
    const value = shown().locator(".explanation-value");
    const end = await value.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
    assert.ok(end <= 1, `${end} px of the text are cut`);
    const within = await shown().evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth);
    assert.ok(within);
    await shown().evaluate((popup) => popup.scrollTo(0, popup.scrollHeight));
    assert.ok((await shown().evaluate((popup) => popup.getBoundingClientRect().bottom)) <= 900);
  });

  it("are at a finger's reach, where nothing hovers", async () => {
    panel = await panels.open({ context: { hasTouch: true, isMobile: true } });
    await panel.card("memos").waitFor();
    assert.equal(await why("memos").evaluate((each) => getComputedStyle(each).opacity), "1");
    const overlap = await panel.card("memos").evaluate((card) => {
      const age = card.querySelector(".card-age")?.getBoundingClientRect();
      const button = card.parentElement?.querySelector(".why")?.getBoundingClientRect();
      return age && button ? age.right > button.left : null;
    });
    assert.equal(overlap, false);
    await why("memos").tap();
    await shown().waitFor();
  });

  it("lead nowhere where there is nothing to open", async () => {
    const week = metric({ label: "Commits", source: null, origin: { kind: "git", sinceMs: 604_800_000 } });
    panel = await panels.open({
      prepare: (stream) => holds(stream, snapshot({ metrics: { ...builtInMetrics(), week } })),
    });
    await panel.card("week").waitFor();
    await why("week").click();
    await showsText(row("value"), "commits on HEAD's history within 7 d");
    assert.equal(await panel.find("explanation-open").count(), 0);
  });

  for (const width of [320, 700, 1400]) {
    it(`and forty cards of every kind stay within ${width} pixels`, async () => {
      panel = await panels.open({
        context: { viewport: { width, height: 700 } },
        prepare: (stream) => holds(stream, snapshot({ metrics: ofEveryKind() })),
      });
      await panel.card("more39").waitFor();
      const cut = await panel.page.evaluate(() => {
        const wide = (element: Element) => element.scrollWidth > element.clientWidth;
        return {
          page: document.documentElement.scrollWidth - window.innerWidth,
          cards: [...document.querySelectorAll(".card-figure, .card-foot, .card")].filter(wide).length,
        };
      });
      assert.deepEqual(cut, { page: 0, cards: 0 });
      for (const id of ["latency", "longText", "more39", "memos"]) {
        await why(id).click();
        await shown().waitFor();
        const inView = await shown().evaluate((each) => {
          const { left, top, right, bottom } = each.getBoundingClientRect();
          return left >= 0 && top >= 0 && right <= window.innerWidth && bottom <= window.innerHeight;
        });
        assert.ok(inView, id);
        await panel.page.keyboard.press("Escape");
      }
    });
  }

  it("are closed by a new order of the cards, and say so", async () => {
    panel = await panels.open();
    await panel.card("memos").waitFor();
    await why("memos").focus();
    await panel.page.keyboard.press("Enter");
    await shown().waitFor();
    panel.stream.emit(snapshot({ cards: ["driveSync", "revenue", "memos", "recommendations"] }));
    await shown().waitFor({ state: "detached" });
    await waitFor(async () => (await why("memos").getAttribute("aria-expanded")) === "false");
  });
});

function ofEveryKind(): Record<string, Metric> {
  const odd: readonly Partial<Metric>[] = [
    { label: "A label that goes on and on ".repeat(8) },
    { value: 1e21 },
    { value: 1e-9 },
    { value: 123456789012345 },
    { value: -42.5, unit: "requests per minute" },
    { value: 12345.678, format: "percent" },
    { value: 123456789012, format: "bytes" },
    { value: 93784, format: "duration" },
    { value: ago(3 * 86_400), format: "date" },
    { value: -1234567.5, format: "currency", unit: "EGP" },
    { value: "🚀".repeat(20), format: "text", icon: "🎉" },
    { value: "שלום עולם", label: "הכנסה חודשית", format: "text" },
    { value: "x".repeat(500), format: "text" },
  ];
  const cards = Array.from({ length: 40 }, (_, index) => [`more${index}`, metric(odd[index % odd.length])]);
  const longText = metric({
    ...LATENCY,
    format: "text",
    value: "A sentence that goes on. ".repeat(40),
    origin: { kind: "file", file: "logs/app.log", match: "(very|long)".repeat(80), aggregate: "last" },
  });
  return { ...builtInMetrics(), latency: LATENCY, longText, ...Object.fromEntries(cards) };
}
