import { type Browser, chromium as playwright } from "playwright-core";
import { chromium } from "../../scripts/vscode/chromium.mjs";

/**
 * The browser that the page's tests drive.
 * @param proxy address of the one that all its requests go through, those to this machine included; none if left out
 */
export async function launchBrowser(proxy?: string): Promise<Browser> {
  const options = await chromium();
  return playwright.launch({ ...options, ...(proxy && { proxy: { server: proxy, bypass: "<-loopback>" } }) });
}
