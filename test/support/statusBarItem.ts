import type { Locator, Page } from "playwright-core";
import { waitFor } from "./waitFor.js";

/** Milliseconds for one try to bring up the tooltip: what is drawn meanwhile can take it away. */
const ATTEMPT = 5_000;

/** An item of the status bar, as a person sees it, hears it and points at it. */
export class StatusBarItem {
  /** The item's element; its link carries the text and the accessible label. */
  readonly locator: Locator;

  /** @param id as the extension gives it, or with the extension's own id before it */
  constructor(
    private readonly page: Page,
    id: string,
  ) {
    this.locator = page.locator(`.part.statusbar .statusbar-item:is([id="${id}"], [id$=".${id}"])`);
  }

  async text(): Promise<string> {
    const [text = ""] = await this.locator.allInnerTexts();
    return text.trim();
  }

  async ariaLabel(): Promise<string> {
    return (await this.locator.locator("a").first().getAttribute("aria-label")) ?? "";
  }

  async click(): Promise<void> {
    await this.locator.locator("a").first().click();
  }

  /** What shows when the pointer rests on the item. */
  async tooltip(): Promise<string> {
    const hover = this.page.locator(".monaco-hover:visible, .workbench-hover:visible").last();
    return await waitFor(
      async () => {
        // A pointer that is there already, after a click, brings up nothing.
        await this.page.mouse.move(0, 0);
        await this.locator.hover({ timeout: ATTEMPT });
        await hover.waitFor({ state: "visible", timeout: ATTEMPT });
        const [text = ""] = await hover.allInnerTexts();
        await this.page.mouse.move(0, 0);
        return text.trim();
      },
      { message: "the tooltip" },
    );
  }
}
