import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { WebSocket } from "ws";
import type { ConnectionState } from "../../src/protocol/freshness.js";
import type {
  HostToPanel,
  KnownStream,
  PanelState,
  PanelToHost,
  SentToPanel,
} from "../../src/protocol/panel.js";
import type { Metric } from "../../src/protocol/snapshot.js";
import type { PageOutline } from "../../src/vscode/panelPage.js";
import { FakeStream } from "./fakeStream.js";
import { servePage } from "./panelServer.js";
import { changed, panelState, snapshot, status } from "./snapshots.js";
import { THEMES, type Theme } from "./themes.js";
import { waitFor } from "./waitFor.js";

declare global {
  interface Window {
    postToHost(message: PanelToHost): Promise<void>;
  }
}

export interface HarnessOptions {
  readonly theme?: Theme | undefined;
  readonly state?: Partial<PanelState>;
  readonly context?: BrowserContextOptions;
  /** What the stream knows before the page asks; the sample's values where nothing else is said. */
  readonly prepare?: (stream: FakeStream) => void;
  /** Whether the host has heard of the stream before the page is opened. */
  readonly isKnown?: boolean;
  /** By how much (ms) the host's clock is ahead of the page's. */
  readonly hostAhead?: number;
  /** Of the page's files, by their names: what settles when one may be loaded; at once where left out. */
  readonly filesAfter?: Readonly<Record<string, Promise<void>>>;
  /** Runs in the page before anything of its own. */
  readonly init?: () => void;
}

/** The built page in a real browser, under VS Code's policy, with this process as its extension host. */
export class PanelHarness {
  readonly messages: PanelToHost[] = [];
  /** Errors of the page's console, violations of the policy among them. */
  readonly problems: string[] = [];
  state: PanelState;
  private readonly relays = new Map<number, WebSocket>();
  private readonly streamPort: number;

  private constructor(
    readonly page: Page,
    private readonly server: Server,
    readonly stream: FakeStream,
    state: PanelState,
    private readonly hostAhead: number,
  ) {
    this.state = state;
    this.streamPort = stream.port;
  }

  static async open(browser: Browser, options: HarnessOptions = {}): Promise<PanelHarness> {
    const stream = new FakeStream();
    const prepare = options.prepare ?? holds;
    prepare(stream);
    await stream.start();
    const known = options.isKnown ? knownOf(stream) : null;
    const state = panelState({ known, ...options.state });
    const server = await servePage(options.theme ?? THEMES[0], outlineOf(state), state.locale);
    const context = await browser.newContext({ viewport: { width: 900, height: 900 }, ...options.context });
    for (const [file, settled] of Object.entries(options.filesAfter ?? {}))
      await context.route(`**/${file}`, (route) => settled.then(() => route.continue()));
    const page = await context.newPage();
    const harness = new PanelHarness(page, server, stream, state, options.hostAhead ?? 0);
    page.on("console", (message) => {
      if (message.type() === "error") harness.problems.push(message.text());
    });
    page.on("pageerror", (error) => harness.problems.push(error.message));
    await page.exposeFunction("postToHost", (message: PanelToHost) => harness.receive(message));
    await page.addInitScript(shim);
    if (options.init) await page.addInitScript(options.init);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return harness;
  }

  /** Changes what the host says of itself. */
  setState(part: Partial<PanelState>): Promise<void> {
    this.state = { ...this.state, ...part };
    return this.post(this.state);
  }

  find(testid: string): Locator {
    return this.page.getByTestId(testid);
  }

  card(metric: string): Locator {
    return this.page.locator(`[data-testid="card"][data-metric="${metric}"]`);
  }

  /** Waits for a state of the connection. */
  async reach(state: ConnectionState): Promise<void> {
    await this.page.waitForSelector(`[data-testid="connection"][data-state="${state}"]`);
  }

  /** Emits a snapshot in which one metric differs from the last one. */
  change(part: Partial<Metric>, metric = "revenue"): void {
    this.stream.emit(changed(this.stream.snapshot ?? snapshot(), metric, part));
  }

  /** Waits until the page has sent the host a message. */
  async sent(message: PanelToHost): Promise<void> {
    const wanted = JSON.stringify(message);
    await waitFor(() => this.messages.some((each) => JSON.stringify(each) === wanted), {
      message: `the message ${wanted}`,
    });
  }

  /** Lets a stream that was stopped listen again, where it was. */
  restartStream(): Promise<void> {
    return this.stream.start(this.streamPort);
  }

  async close(): Promise<void> {
    await this.page.context().close();
    for (const relay of this.relays.values()) relay.terminate();
    await this.stream.stop();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async receive(message: PanelToHost): Promise<void> {
    this.messages.push(message);
    switch (message.type) {
      case "ready":
        for (const relay of this.relays.values()) relay.terminate();
        await this.post(this.state);
        break;
      case "relayOpen":
        this.relay(message.id);
        break;
      case "relayPacket":
        this.relays.get(message.id)?.send(message.data);
        break;
      case "relayClose":
        this.relays.get(message.id)?.terminate();
        break;
    }
  }

  private relay(id: number): void {
    const socket = new WebSocket(`ws://127.0.0.1:${this.streamPort}/socket.io/?EIO=4&transport=websocket`);
    let reason = "closed";
    this.relays.set(id, socket);
    socket.on("open", () => this.post({ type: "relayOpened", id }));
    socket.on("message", (data) => this.post({ type: "relayPacket", id, data: String(data) }));
    socket.on("error", (error) => {
      reason = error.message;
    });
    socket.on("close", () => {
      this.relays.delete(id);
      this.post({ type: "relayClosed", id, reason });
    });
  }

  /** Sends the page a message, as the extension host does. */
  async post(message: HostToPanel): Promise<void> {
    if (this.page.isClosed()) return;
    // The page may go away while a message is on its way to it: then nobody waits for it any more.
    const sent: SentToPanel = { ...message, sentAt: Date.now() + this.hostAhead };
    await this.page.evaluate((each) => window.postMessage(each, "*"), sent).catch(() => {});
  }
}

/** Lets a stream hold a snapshot and a status. */
export function holds(stream: FakeStream, held = snapshot()): void {
  stream.snapshot = held;
  stream.status = status();
}

/** Runs in the page: VS Code's API, with a state that outlives a reload. */
function shim(): void {
  const key = "webview-state";
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: PanelToHost) => void window.postToHost(message),
      getState: () => JSON.parse(sessionStorage.getItem(key) ?? "null") ?? undefined,
      setState: (state: unknown) => sessionStorage.setItem(key, JSON.stringify(state)),
    }),
  });
}

function knownOf({ snapshot, status }: FakeStream): KnownStream | null {
  return snapshot && status && { snapshot, status };
}

function outlineOf({ folders, activeFolder, known }: PanelState): PageOutline {
  const folder = folders.find(({ uri }) => uri === activeFolder)?.name ?? null;
  const labels = known?.snapshot.cards.map((id) => known.snapshot.metrics[id]?.label ?? id) ?? null;
  return { title: "Command Center", connecting: "Connecting", folder, cards: labels };
}
