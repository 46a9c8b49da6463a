import * as vscode from "vscode";
import { type Alert, isActive, type Severity } from "../protocol/alerts.js";
import { concealedSnapshot } from "../protocol/concealment.js";
import { isolated } from "../protocol/direction.js";
import { displayCompact, displayValue } from "../protocol/display.js";
import { isStale, staleAt } from "../protocol/freshness.js";
import type { Metric, Snapshot } from "../protocol/snapshot.js";
import type { FolderAlerts, FolderStream } from "../server/ownership/ports.js";
import type { ActiveFolder } from "./activeFolder.js";
import { alertSentence } from "./alertSentence.js";
import { knownMetrics } from "./knownMetrics.js";
import { pinnedMetrics } from "./pinnedMetrics.js";
import { plainLabel } from "./plainText.js";
import type { Privacy } from "./privacy.js";
import type { ServerHost } from "./serverHost.js";
import type { Settings, StatusBarFormat } from "./settings.js";
import { statusTooltip } from "./statusTooltip.js";

/** How often (ms) ages are told anew, and staleness is looked for, while nothing else happens. */
const AGING_MS = 30_000;

/** How much later (ms) than the item its tooltip changes: sooner than VS Code shows it to whoever points there. */
const TOOLTIP_MS = 300;

type State = "noFolder" | "empty" | "starting" | "live" | "stale" | "error";

const ICONS: Readonly<Record<State, string>> = {
  noFolder: "$(pulse)",
  empty: "$(pulse)",
  starting: "$(sync~spin)",
  live: "$(pulse)",
  stale: "$(warning)",
  error: "$(error)",
};

/** The state and the pinned metrics at a glance. */
export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly subscriptions: readonly vscode.Disposable[];
  private staleTimer: NodeJS.Timeout | undefined;
  private tooltipTimer: NodeJS.Timeout | undefined;
  private numberShown = false;

  constructor(
    private readonly stream: FolderStream,
    private readonly alerts: FolderAlerts,
    private readonly settings: Settings,
    private readonly activeFolder: ActiveFolder,
    private readonly server: ServerHost,
    private readonly privacy: Privacy,
  ) {
    this.item = vscode.window.createStatusBarItem("fusion.status", vscode.StatusBarAlignment.Left);
    this.item.name = "Fusion";
    this.item.command = "fusion.openCommandCenter";
    const update = () => this.update();
    this.subscriptions = [
      stream.onSnapshot(update),
      stream.onStatus(update),
      alerts.onList(update),
      settings.onChange(update),
      activeFolder.onChange(update),
      server.onChange(update),
      privacy.onChange(() => {
        this.update();
        // It may be in sight, with amounts in it.
        this.updateTooltip();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(update),
    ];
    this.update();
    this.item.show();
  }

  dispose(): void {
    clearTimeout(this.staleTimer);
    clearTimeout(this.tooltipTimer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.item.dispose();
  }

  private update(): void {
    const now = Date.now();
    const { snapshot, metrics, state, active, concealed } = this.glance(now);
    const look = LOOKS.find((each) => each.of(state, active)) ?? PLAIN;
    const told = state === "empty" || state === "noFolder" ? [] : metrics;
    const format = told.length > 0 ? this.settings.statusBarFormat : "full";
    const shown = told.map((metric) => plainLabel(textOf(metric, format))).join(" · ") || "Fusion";

    this.item.text = `${look.icon ?? ICONS[state]} ${shown}`;
    if (metrics.length > 0) this.markFirstNumber();
    this.item.backgroundColor = look.background;
    const label = labelOf(told, state, active, concealed);
    this.item.accessibilityInformation = { label, role: "button" };
    // VS Code parses the Markdown of each one, long before anybody points at the item.
    this.tooltipTimer ??= setTimeout(() => this.updateTooltip(), TOOLTIP_MS);
    clearTimeout(this.staleTimer);
    this.staleTimer = setTimeout(() => this.update(), this.nextLook(snapshot, now));
  }

  private updateTooltip(): void {
    clearTimeout(this.tooltipTimer);
    this.tooltipTimer = undefined;
    const now = Date.now();
    const { snapshot, state, active, concealed } = this.glance(now);
    this.item.tooltip = statusTooltip({
      snapshot,
      status: this.stream.status(),
      stateText: stateText(state),
      alerts: active,
      concealed,
      folder: this.activeFolder.folder?.name ?? null,
      url: this.server.url,
      error: this.server.error,
      now,
    });
  }

  /** What there is to show at this moment (epoch ms), concealed where values are hidden. */
  private glance(now: number) {
    const { latest } = this.stream;
    const concealed = this.privacy.isOn;
    const snapshot = latest && concealed ? concealedSnapshot(latest) : latest;
    const metrics = snapshot ? this.pinned(snapshot) : [];
    const state = this.stateOf(snapshot, metrics, now);
    const active = this.alerts.list().filter(isActive);
    return { snapshot, metrics, state, active, concealed };
  }

  private pinned(snapshot: Snapshot): readonly Metric[] {
    const { statusBarMetric, isStatusBarMetricChosen } = this.settings;
    return pinnedMetrics(snapshot, statusBarMetric, isStatusBarMetricChosen);
  }

  private stateOf(snapshot: Snapshot | null, metrics: readonly Metric[], now: number): State {
    if (this.server.error !== null) return "error";
    if (this.activeFolder.folder === null) return hasFolders() ? "starting" : "noFolder";
    if (!this.server.answers) return "stale";
    if (snapshot === null) return "starting";
    if (knownMetrics(snapshot).size === 0) return "empty";
    const isOld = isStale(snapshot.timestamp, this.settings.staleAfterMinutes, now);
    return isOld || metrics.some(({ stale }) => stale) ? "stale" : "live";
  }

  private markFirstNumber(): void {
    if (this.numberShown) return;
    this.numberShown = true;
    performance.mark("fusion/statusBar/firstNumber");
  }

  /** Milliseconds: to the moment at which the data turns stale, or to the next telling of its age. */
  private nextLook(snapshot: Snapshot | null, now: number): number {
    if (snapshot === null) return AGING_MS;
    const untilStale = staleAt(snapshot.timestamp, this.settings.staleAfterMinutes) - now;
    return untilStale > 0 ? Math.min(AGING_MS, untilStale + 1) : AGING_MS;
  }
}

/** Of which one is chosen in a moment. */
function hasFolders(): boolean {
  return (vscode.workspace.workspaceFolders ?? []).length > 0;
}

interface Look {
  /** `null` for that of the state. */
  readonly icon: string | null;
  readonly background: vscode.ThemeColor | undefined;
}

const PLAIN: Look = { icon: null, background: undefined };

/** An alert is about any metric, and not about the one that is shown: it has an icon of its own. */
const ALERT_ICON = "$(bell-dot)";
const ERROR_BACKGROUND = new vscode.ThemeColor("statusBarItem.errorBackground");
const WARNING_BACKGROUND = new vscode.ThemeColor("statusBarItem.warningBackground");

/** What makes the item stand out, the most urgent first: the first that is so counts. */
const LOOKS: readonly (Look & {
  readonly of: (state: State, active: readonly Alert[]) => boolean;
})[] = [
  { of: (state) => state === "error", icon: ICONS.error, background: ERROR_BACKGROUND },
  { of: (_, active) => hasSeverity(active, "error"), icon: ALERT_ICON, background: ERROR_BACKGROUND },
  { of: (state) => state === "stale", icon: ICONS.stale, background: WARNING_BACKGROUND },
  { of: (_, active) => hasSeverity(active, "warning"), icon: ALERT_ICON, background: WARNING_BACKGROUND },
];

function hasSeverity(alerts: readonly Alert[], severity: Severity): boolean {
  return alerts.some((alert) => alert.severity === severity);
}

/** In words: what is shown, how the stream is, and the most urgent alert. */
function labelOf(
  metrics: readonly Metric[],
  state: State,
  [alert, ...others]: readonly Alert[],
  concealed: boolean,
): string {
  const shown = metrics.map((metric) => (concealed ? metric.label : textOf(metric, "full")));
  const parts = shown.length === 0 ? ["Fusion"] : shown;
  if (concealed) parts.push(vscode.l10n.t("values are hidden"));
  parts.push(stateText(state));
  if (alert) parts.push(vscode.l10n.t("alert: {0}", alertSentence(alert, concealed)));
  if (others.length > 0) parts.push(vscode.l10n.t("and {0} more", others.length));
  return parts.join(", ");
}

/** A dash alone would say nothing: it keeps its label. */
function textOf(metric: Metric, format: StatusBarFormat): string {
  const { language } = vscode.env;
  if (format === "compact" && metric.value !== null) return isolated(displayCompact(metric, language));
  return `${isolated(metric.label)} ${isolated(displayValue(metric, language))}`;
}

function stateText(state: State): string {
  switch (state) {
    case "noFolder":
      return vscode.l10n.t("no folder is open");
    case "empty":
      return vscode.l10n.t("no data files");
    case "starting":
      return vscode.l10n.t("reading the data files");
    case "live":
      return vscode.l10n.t("live");
    case "stale":
      return vscode.l10n.t("stale");
    case "error":
      return vscode.l10n.t("the stream has an error");
  }
}
