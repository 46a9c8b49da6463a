import assert from "node:assert/strict";
import type { Browser, Locator } from "playwright-core";
import { launchBrowser } from "./browser.js";
import { type HarnessOptions, PanelHarness } from "./panelHarness.js";
import { waitFor } from "./waitFor.js";

/** Gives a suite its browser, and every test the page it opens; a page that logged an error fails its test. */
export function usePanels() {
  let browser: Browser;
  let panel: PanelHarness | undefined;

  before(async () => {
    browser = await launchBrowser();
  });

  after(() => browser.close());

  afterEach(async () => {
    const problems = panel?.problems ?? [];
    await panel?.close();
    panel = undefined;
    assert.deepEqual(problems, [], "the page's console shows no errors");
  });

  return {
    async open(options?: HarnessOptions): Promise<PanelHarness> {
      panel = await PanelHarness.open(browser, options);
      return panel;
    },
  };
}

/** What is written there, on one line. */
export async function textOf(locator: Locator): Promise<string> {
  return ((await locator.textContent()) ?? "").replace(/\s+/g, " ").trim();
}

export async function showsText(locator: Locator, expected: string | RegExp): Promise<void> {
  let found = "";
  await waitFor(
    async () => {
      found = await textOf(locator);
      return typeof expected === "string" ? found === expected : expected.test(found);
    },
    { message: `the text ${expected}` },
  );
}
