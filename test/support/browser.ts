import { type Browser, chromium as playwright } from "playwright-core";
import { chromium } from "../../scripts/vscode/chromium.mjs";

/** The browser that the page's tests drive. */
export async function launchBrowser(): Promise<Browser> {
  return playwright.launch(await chromium());
}
