import * as vscode from "vscode";
import { CONFIG_FILE } from "../core/config/configFile.js";
import { EXPECTED_FILES } from "../core/sources/dataFiles.js";
import { ownEntry } from "../protocol/ownEntry.js";
import type {
  AlertAction,
  HostToPanel,
  KnownStream,
  PanelAction,
  PanelState,
  PanelToHost,
  SentToPanel,
} from "../protocol/panel.js";
import type { SourceLocation } from "../protocol/snapshot.js";
import type { FolderStream } from "../server/ownership/ports.js";
import type { ActiveFolder } from "./activeFolder.js";
import { isCommandCenterTab, VIEW_TYPE } from "./commandCenterTabs.js";
import type { PanelFacts } from "./panelFacts.js";
import { parsePanelMessage } from "./panelMessages.js";
import type { Privacy } from "./privacy.js";
import { Relay } from "./relay.js";
import type { ServerHost } from "./serverHost.js";
import type { Settings } from "./settings.js";
import { openLocation } from "./sourceLocation.js";

/** The commands behind the page's buttons. */
const COMMANDS: Readonly<Record<PanelAction, string>> = {
  openSample: "fusion.openSample",
  openFolder: "vscode.openFolder",
  showLog: "fusion.showLog",
  changeInterval: "fusion.setInterval",
  copyConnection: "fusion.copyConnection",
  manageTrust: "workbench.trust.manage",
  togglePrivacy: "fusion.togglePrivacy",
  addMetric: "fusion.addMetric",
};

const ALERT_COMMANDS: Readonly<Record<AlertAction, string>> = {
  snooze: "fusion.snoozeAlert",
  mute: "fusion.muteAlert",
  unmute: "fusion.unmuteAlert",
};

/** The Command Center: one panel, which survives being hidden, moved and reloaded. */
export class CommandCenter implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly subscriptions: readonly vscode.Disposable[];
  private shown: OpenPanel | null = null;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly stream: FolderStream,
    private readonly server: ServerHost,
    private readonly activeFolder: ActiveFolder,
    private readonly settings: Settings,
    private readonly facts: PanelFacts,
    private readonly privacy: Privacy,
  ) {
    const sendState = () => void this.shown?.sendState();
    this.subscriptions = [
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this),
      activeFolder.onChange(sendState),
      settings.onChange(sendState),
      facts.onChange(sendState),
      privacy.onChange(sendState),
      vscode.workspace.onDidGrantWorkspaceTrust(sendState),
    ];
  }

  /** Shows the panel, made if it is not there. */
  async open(): Promise<void> {
    if (this.shown) {
      this.shown.panel.reveal();
      return;
    }
    const kept = keptTabs();
    // One in view is handed over any moment; one behind others only when it is shown, which nothing but a click can do.
    if (kept.some(({ isActive }) => isActive)) return;
    // For none at all, VS Code would be asked and waited for, too.
    if (kept.length > 0) await vscode.window.tabGroups.close(kept);
    this.create({ viewColumn: vscode.ViewColumn.Active });
  }

  /** Shows the panel with a metric's card in view, as soon as there is one. */
  async reveal(metric: string): Promise<void> {
    await this.open();
    this.shown?.postWhenReady({ type: "revealMetric", metric });
  }

  /** Shows the panel with a metric's trend. */
  async showTrend(metric: string): Promise<void> {
    await this.open();
    this.shown?.postWhenReady({ type: "showTrend", metric });
  }

  /** Shows the panel with the window, unless the window's last session left one. */
  openAtStartup(): void {
    if (this.shown === null && keptTabs().length === 0) {
      this.create({ viewColumn: vscode.ViewColumn.Active, preserveFocus: true });
    }
  }

  /** Takes up the panel of the window's last session, unless one is open already. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    if (this.shown) {
      panel.dispose();
      return;
    }
    // The options it was kept with name the folder of the version that made it.
    panel.webview.options = this.pageOptions;
    await this.show(panel);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.shown?.panel.dispose();
  }

  private create(column: { readonly viewColumn: vscode.ViewColumn; readonly preserveFocus?: boolean }): void {
    const title = vscode.l10n.t("Command Center");
    void this.show(vscode.window.createWebviewPanel(VIEW_TYPE, title, column, this.pageOptions));
  }

  /** Where the page's files are. */
  private get pageRoot(): vscode.Uri {
    return vscode.Uri.joinPath(this.extensionUri, "dist", "webview");
  }

  private get pageOptions(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [this.pageRoot] };
  }

  private async show(panel: vscode.WebviewPanel): Promise<void> {
    const { webview } = panel;
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, "media", "icon.png");
    const { stream, server, activeFolder, settings, facts, privacy } = this;
    const shown = new OpenPanel(panel, stream, server, activeFolder, settings, facts, privacy);
    this.shown = shown;
    panel.onDidDispose(() => {
      shown.dispose();
      this.shown = null;
    });
    const { panelDocument } = await import("./panelDocument.js");
    const folder = activeFolder.folder?.name ?? null;
    const html = await panelDocument(webview, this.pageRoot, folder, shown.known?.snapshot ?? null);
    if (this.shown === shown) webview.html = html;
  }
}

/** The panel's tabs that the window's last session left, until VS Code hands the panel over. */
function keptTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(isCommandCenterTab));
}

/** One open panel: answers its page's messages until it is closed. */
class OpenPanel implements vscode.Disposable {
  private readonly relay: Relay;
  private readonly subscriptions: readonly vscode.Disposable[];
  private disposed = false;
  /** Whether the page that is there now listens. */
  private ready = false;
  private toPost: HostToPanel | null = null;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly stream: FolderStream,
    private readonly server: ServerHost,
    private readonly activeFolder: ActiveFolder,
    private readonly settings: Settings,
    private readonly facts: PanelFacts,
    private readonly privacy: Privacy,
  ) {
    this.relay = new Relay(
      () => server.ensure(),
      (message) => this.post(message),
    );
    this.subscriptions = [
      panel.webview.onDidReceiveMessage((value: unknown) => {
        const message = parsePanelMessage(value);
        if (message) void this.receive(message);
      }),
      panel.onDidChangeViewState(() => {
        // A hidden page is unloaded, and its sockets with it.
        if (panel.visible) return;
        this.ready = false;
        this.relay.closeAll();
      }),
    ];
  }

  /** What the stream has told last; `null` before, and while it is not known whose stream is shown. */
  get known(): KnownStream | null {
    const { latest } = this.stream;
    return latest && this.server.isChosen ? { snapshot: latest, status: this.stream.status() } : null;
  }

  async sendState(): Promise<void> {
    const state: PanelState = {
      type: "state",
      folders: await this.activeFolder.list(),
      activeFolder: this.activeFolder.folder?.uri.toString() ?? null,
      known: this.known,
      workspaceTrusted: vscode.workspace.isTrusted,
      staleAfterMinutes: this.settings.staleAfterMinutes,
      locale: vscode.env.language,
      expectedFiles: EXPECTED_FILES,
      configTrouble: this.facts.configTrouble,
      historyVersion: this.facts.historyVersion,
      concealed: this.privacy.isOn,
      translations: (vscode.l10n.bundle ?? {}) as Record<string, string>,
    };
    this.post(state);
  }

  /** Tells the page something, now or when it listens; of several things, the last. */
  postWhenReady(message: HostToPanel): void {
    this.toPost = message;
    this.postWaiting();
  }

  dispose(): void {
    this.disposed = true;
    this.relay.closeAll();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private post(message: HostToPanel): void {
    // The relay's sockets close after the panel, which throws at whoever still asks for its page.
    if (this.disposed) return;
    const sent: SentToPanel = { ...message, sentAt: Date.now() };
    void this.panel.webview.postMessage(sent);
  }

  private postWaiting(): void {
    if (this.toPost === null || !this.ready) return;
    this.post(this.toPost);
    this.toPost = null;
  }

  private async receive(message: PanelToHost): Promise<void> {
    switch (message.type) {
      case "ready":
        this.relay.closeAll();
        await this.sendState();
        this.ready = true;
        this.postWaiting();
        break;
      case "relayOpen":
        return this.relay.open(message.id);
      case "relayPacket":
        return this.relay.send(message.id, message.data);
      case "relayClose":
        return this.relay.close(message.id);
      case "openMetric":
        return this.openSource(ownEntry(this.stream.latest?.metrics ?? {}, message.metric)?.source);
      case "openConfig":
        return this.openSource({ file: CONFIG_FILE, line: this.facts.configTrouble?.line ?? null });
      case "openInsight":
        return this.openSource(this.stream.latest?.insights.find(({ id }) => id === message.insight)?.source);
      case "addAlert":
        await vscode.commands.executeCommand("fusion.addAlert", message.metric);
        break;
      case "alertAction":
        await vscode.commands.executeCommand(ALERT_COMMANDS[message.action], message.id);
        break;
      case "arrangeCards":
        return this.arrange(message.cards);
      case "switchFolder":
        return this.activeFolder.choose(message.uri);
      case "action":
        await vscode.commands.executeCommand(COMMANDS[message.action]);
    }
  }

  private async arrange(cards: readonly string[]): Promise<void> {
    const { folder } = this.activeFolder;
    if (folder === null) return;
    // It needs the parser of fusion.json, which is not loaded before.
    const { arrangeCards } = await import("./arrangeCards.js");
    const arranged = await arrangeCards(folder.uri, cards);
    if (arranged !== "superseded") this.post({ type: "cardsArranged", saved: arranged === "saved" });
  }

  private async openSource(source: SourceLocation | null | undefined): Promise<void> {
    const { folder } = this.activeFolder;
    if (folder && source) await openLocation(folder.uri, source);
  }
}
