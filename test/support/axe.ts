import { type AxeResults, source as axeSource } from "axe-core";
import type { Page } from "playwright-core";

/** Serious violations of the accessibility rules that can be found by looking at the page, each with its element. */
export async function seriousViolations(page: Page): Promise<string[]> {
  // A pulse in mid-air has the colours of no state.
  await page.waitForSelector("body:not(:has(.pulse))");
  await page.evaluate(axeSource);
  const found: AxeResults = await page.evaluate("axe.run()");
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
