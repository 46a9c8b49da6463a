import type { CDPSession, Page } from "playwright-core";

/** Where VS Code shows the page of any panel. */
const PANEL_PAGE = "/fake.html?";

/** Tells when a panel's page is painted, with nothing run in it or beside it: that would take its thread from it. */
export class PanelPaints {
  private readonly pages = new Set<string>();
  private painted = () => {};

  private constructor(session: CDPSession) {
    session.on("Page.frameNavigated", ({ frame }) => {
      if (frame.url.includes(PANEL_PAGE)) this.pages.add(frame.id);
    });
    session.on("Page.lifecycleEvent", ({ frameId, name }) => {
      if (name === "firstContentfulPaint" && this.pages.has(frameId)) this.painted();
    });
  }

  static async of(page: Page): Promise<PanelPaints> {
    const session = await page.context().newCDPSession(page);
    const paints = new PanelPaints(session);
    await session.send("Page.enable");
    await session.send("Page.setLifecycleEventsEnabled", { enabled: true });
    return paints;
  }

  /** Resolves at the next first paint of a panel's page. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.painted = resolve;
    });
  }
}
