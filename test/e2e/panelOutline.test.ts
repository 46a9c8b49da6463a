import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { FakeStream } from "../support/fakeStream.js";
import { fontsOf } from "../support/fonts.js";
import { inArabic } from "../support/languages.js";
import { type HarnessOptions, holds } from "../support/panelHarness.js";
import { showsText, usePanels } from "../support/panelSuite.js";
import { ago, changed, snapshot } from "../support/snapshots.js";
import { waitFor } from "../support/waitFor.js";

const WIDTHS = [1_200, 600];

declare global {
  interface Window {
    /** Sum of the page's layout shifts. */
    shifts: number;
  }
}

declare global {
  interface Window {
    /** How often the page said that the history could not be read. */
    failures: number;
  }
}

describe("the panel's outline", () => {
  const panels = usePanels();

  /** Opens a page of which a file, its script if left out, waits until it is let go. */
  async function held(options: HarnessOptions = {}, file = "panel.js") {
    let letGo = () => {};
    const settled = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const panel = await panels.open({ isKnown: true, filesAfter: { [file]: settled }, ...options });
    return { panel, letGo };
  }

  for (const width of WIDTHS) {
    it(`keeps everything where it will be, ${width} pixels wide`, async () => {
      const { panel, letGo } = await held({ context: { viewport: { width, height: 900 } } });
      const { page } = panel;
      await page.getByText("Recommendations").waitFor();
      const before = await places(page);
      assert.equal(before.cards.length, 4);
      await page.evaluate(watchShifts);
      letGo();
      await panel.reach("connected");
      await panel.card("revenue").waitFor();
      assert.deepEqual(await places(page), before);
      // What the header says of the connection changes its length.
      assert.ok((await page.evaluate(() => window.shifts)) < 0.01);
    });
  }

  it("says what is known before the script runs, and nothing of values", async () => {
    const { panel, letGo } = await held();
    const shown = await panel.page.locator("body").innerText();
    for (const text of ["Command Center", "ahk-dashboard", "Connecting", "Memos", "MRR", "Drive sync"])
      assert.ok(shown.includes(text), text);
    assert.ok(!shown.includes("12,450"));
    assert.equal(await panel.find("card").count(), 0);
    letGo();
    await panel.reach("connected");
  });

  it("stands in for a folder of which nothing is known", async () => {
    const { panel, letGo } = await held({ isKnown: false });
    assert.equal(await panel.page.locator(".card").count(), 4);
    letGo();
    await panel.card("revenue").waitFor();
    assert.equal(await panel.page.locator(".card").count(), 4);
  });

  it("gives way to the values that the host knows, without the stream", async () => {
    const panel = await panels.open({ isKnown: true, prepare: withoutAnswer });
    await panel.card("revenue").waitFor();
    assert.equal(await panel.card("revenue").getAttribute("data-value"), "12450");
    assert.equal(await panel.find("connection").getAttribute("data-state"), "connecting");
    // As good as what a connection brings, until there is a sign that there will be none.
    assert.doesNotMatch((await panel.card("revenue").getAttribute("class")) ?? "", /stale/);
    assert.equal(await panel.page.locator("h1").count(), 1);
  });

  it("says of values that the host has known for long that they are old", async () => {
    const old = snapshot({ timestamp: ago(3_600) });
    const panel = await panels.open({
      isKnown: true,
      prepare: (stream) => {
        withoutAnswer(stream);
        stream.snapshot = old;
      },
    });
    await panel.find("stale-warning").waitFor();
    assert.match((await panel.card("revenue").getAttribute("class")) ?? "", /stale/);
  });

  it("gives way to what the stream says then", async () => {
    const panel = await panels.open({ isKnown: true });
    await panel.reach("connected");
    panel.stream.emit(changed(snapshot(), "revenue", { value: 13_000 }));
    await waitFor(async () => (await panel.card("revenue").getAttribute("data-value")) === "13000");
  });

  it("gives way to what the host knows in the reader's language, the feed too", async () => {
    const state = inArabic();
    const panel = await panels.open({ isKnown: true, prepare: withoutAnswer, state });
    const label = state.translations["MRR/sentence"] ?? assert.fail();
    await showsText(panel.page.locator(".chip-label").first(), label);
  });

  it("gives way in a hidden window, too, where no frame is drawn", async () => {
    const panel = await panels.open({
      isKnown: true,
      init: () => {
        window.requestAnimationFrame = () => 0;
      },
    });
    await panel.reach("connected");
  });

  it("gives way to no page without its styles and icons", async () => {
    const { panel, letGo } = await held({}, "panel.css");
    await panel.sent({ type: "ready" });
    assert.equal(await panel.find("card").count(), 0);
    letGo();
    await panel.card("revenue").waitFor();
    const entry = panel.find("feed-entry").first();
    assert.equal(await entry.evaluate((element) => getComputedStyle(element).display), "flex");
    await waitFor(async () => (await panel.page.evaluate(fontsOf)) === "codicon loaded");
  });

  it("hides the host's values in privacy mode", async () => {
    const panel = await panels.open({ isKnown: true, prepare: withoutAnswer, state: { concealed: true } });
    await panel.card("revenue").waitFor();
    assert.ok(!(await panel.page.content()).includes("12450"));
  });

  it("waits for the connection with a trend that is asked for before, and calls that no failure", async () => {
    const panel = await panels.open({
      isKnown: true,
      init: () => {
        Object.assign(window, { failures: 0 });
        const look = () => {
          if (document.querySelector('[data-testid="trend-error"]')) window.failures++;
        };
        new MutationObserver(look).observe(document, { subtree: true, childList: true });
        window.addEventListener("message", ({ data }) => {
          if (data.type === "state") window.postMessage({ ...data, type: "showTrend", metric: "revenue" });
        });
      },
    });
    await showsText(panel.find("trend-readout"), /MRR: \$12,450/);
    assert.equal(await panel.page.evaluate(() => window.failures), 0);
  });
});

/** The host knows the sample; the stream lets nobody in as yet. */
function withoutAnswer(stream: FakeStream): void {
  holds(stream);
  stream.silent = true;
}

/** Where the header's and the cards' boxes begin, and how large they are. */
function places(page: Page) {
  return page.evaluate(() => {
    const boxes = (selector: string) =>
      [...document.querySelectorAll(selector)].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [x, y, width, height].map(Math.round).join(" ");
      });
    return {
      cards: boxes(".card"),
      header: boxes(".header, .title, .folder, .pulse-line"),
      adder: boxes(".add-card"),
    };
  });
}

/** Runs in the page. */
function watchShifts(): void {
  window.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifts += (entry as unknown as { value: number }).value;
  }).observe({ type: "layout-shift" });
}
