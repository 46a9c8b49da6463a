import type { Browser, BrowserContext, Frame, Locator, Page } from "playwright-core";
import { pageUrl } from "../../scripts/vscode/pageUrl.mjs";
import { startServer, type VSCodeServer } from "../../scripts/vscode/server.mjs";
import { launchBrowser } from "./browser.js";
import { Palette } from "./palette.js";
import { StatusBarItem } from "./statusBarItem.js";
import { waitFor } from "./waitFor.js";

/** Themes by their name in the settings, with what the theme picker calls them and the window's CSS class. */
const THEMES = {
  "Default Dark Modern": { label: "Dark Modern", css: "vs-dark" },
  "Default Light Modern": { label: "Light Modern", css: "vs" },
  "Default High Contrast": { label: "Dark High Contrast", css: "hc-black" },
  "Default High Contrast Light": { label: "Light High Contrast", css: "hc-light" },
} as const;

export type Theme = keyof typeof THEMES;

export interface WorkbenchOptions {
  /** What the window opens; neither is an empty window. Paths are absolute. */
  folder?: string;
  workspace?: string;
  /** User settings beside those for a clean window. */
  settings?: Record<string, unknown>;
  theme?: Theme;
  /** What VS Code speaks, by its code; English if left out. Its own texts stay English where it has no others. */
  language?: string;
  viewport?: { width: number; height: number };
  /** This checkout, or the path of a packed extension. */
  extension?: "development" | (string & {});
  /** Folders of other extensions beside this checkout. */
  companions?: readonly string[];
  /** Added to the environment of the extension host. */
  env?: Record<string, string>;
  /** The browser's only way to anywhere. */
  proxy?: string;
}

const READY = ".monaco-workbench .part.statusbar";
const PANEL = "fusion-command-center, [data-testid='connection']";
const START = 60_000;

/** Starts a VS Code of its own and opens a window in a browser. `close()` it in `after`. */
export async function launchWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const { theme = "Default Dark Modern", extension = "development" } = options;
  const server = await startServer({
    settings: { "workbench.colorTheme": theme, "workbench.reduceMotion": "on", ...options.settings },
    ...(extension === "development"
      ? { extensions: [process.cwd(), ...(options.companions ?? [])] }
      : { vsix: extension }),
    ...(options.env ? { env: options.env } : {}),
  });
  let browser: Browser | undefined;
  try {
    browser = await launchBrowser(options.proxy);
    const context = await browser.newContext({ viewport: options.viewport ?? { width: 1280, height: 800 } });
    if (options.language) await context.addInitScript(speak, options.language);
    const page = await openPage(context, server, options);
    return new Workbench(page, browser, server);
  } catch (error) {
    await browser?.close();
    await server.stop();
    throw error;
  }
}

/** As a language pack would say it: VS Code looks here for the language that it hands to extensions. */
function speak(language: string): void {
  Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { get: () => language, set: () => {} });
}

async function openPage(
  context: BrowserContext,
  { origin }: VSCodeServer,
  { folder, workspace }: Pick<WorkbenchOptions, "folder" | "workspace">,
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(pageUrl(origin, { ...(folder ? { folder } : {}), ...(workspace ? { workspace } : {}) }));
  await page.locator(READY).waitFor({ state: "visible", timeout: START });
  return page;
}

/** A window of VS Code and what a person does in it. Every method waits for what it needs. */
export class Workbench {
  private readonly palette: Palette;

  constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly server: VSCodeServer,
  ) {
    this.palette = new Palette(page);
  }

  /** The address the window is served from. */
  get origin(): string {
    return this.server.origin;
  }

  /** Another window of the same VS Code, which ends with this one. */
  async openWindow(folder: string): Promise<Workbench> {
    const page = await openPage(this.page.context(), this.server, { folder });
    return new Workbench(page, this.browser, this.server);
  }

  /** Runs a command by its full title through the palette. */
  runCommand(title: string): Promise<void> {
    return this.palette.run(title);
  }

  /** Runs a command, and answers the pick lists that it opens. */
  answer(title: string, ...labels: string[]): Promise<void> {
    return this.palette.answer(title, ...labels);
  }

  /** The labels of the open pick list. */
  quickPickLabels(): Promise<string[]> {
    return this.palette.labels();
  }

  /** Answers the open input box. */
  inputBox(text: string): Promise<void> {
    return this.palette.enter(text);
  }

  /** Chooses a file in VS Code's own dialog by its absolute path. */
  chooseFile(path: string): Promise<void> {
    return this.palette.chooseFile(path);
  }

  /** Takes a history in from a file, by its absolute path, as a person does. */
  async importHistory(file: string): Promise<void> {
    const done = this.notification(/Imported new rows: [\d,]+;|Nothing new\. Rows known already: [\d,]+\./);
    await waitFor(
      async () => {
        await this.runCommand("Fusion: Import History…");
        await this.chooseFile(file);
        // What a busy dialog takes for the file may be another one; a second import changes nothing.
        await done.waitFor({ timeout: START / 4 });
        return true;
      },
      { timeout: START, message: "what was imported" },
    );
    await this.runCommand("Notifications: Clear All Notifications");
    await done.waitFor({ state: "hidden" });
  }

  statusBarItem(id: string): StatusBarItem {
    return new StatusBarItem(this.page, id);
  }

  /** The Command Center's page, once it has content. */
  panel(timeout = 30_000): Promise<Frame> {
    return waitFor(() => this.openPanel(), { timeout, message: "the Command Center" });
  }

  /** The Command Center's page, if it is open now. */
  openPanel(): Promise<Frame | undefined> {
    return this.frameWith(PANEL);
  }

  /** The page in which there is such an element now. */
  async frameWith(selector: string): Promise<Frame | undefined> {
    for (const frame of this.page.frames()) {
      const count = await frame
        .locator(selector)
        .count()
        .catch(() => 0);
      if (count > 0) return frame;
    }
    return undefined;
  }

  /** Tabs of the editor area by their titles. */
  async tabs(): Promise<string[]> {
    return await this.page.locator(".tabs-container .tab .label-name").allInnerTexts();
  }

  /** A notification with this text in it. */
  notification(text: string | RegExp): Locator {
    return this.page.locator(".notifications-toasts .notification-list-item").filter({ hasText: text });
  }

  /** The texts of the notifications that show. */
  async notifications(): Promise<string[]> {
    return await this.page.locator(".notifications-toasts .notification-list-item-message").allInnerTexts();
  }

  async setTheme(theme: Theme): Promise<void> {
    const { label, css } = THEMES[theme];
    await this.answer("Preferences: Color Theme", label);
    await this.page.locator(`.monaco-workbench.${css}`).waitFor({ state: "attached" });
  }

  /** Reloads the window as VS Code's own command does. */
  async reloadWindow(): Promise<void> {
    const loaded = this.page.waitForEvent("load", { timeout: START });
    await this.runCommand("Developer: Reload Window");
    await loaded;
    await this.page.locator(READY).waitFor({ state: "visible", timeout: START });
  }

  resize(width: number, height: number): Promise<void> {
    return this.page.setViewportSize({ width, height });
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }
}
