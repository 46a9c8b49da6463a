import * as vscode from "vscode";
import { type Alert, isActive, type Severity } from "../protocol/alerts.js";
import { isolated } from "../protocol/direction.js";
import type { FolderAlerts } from "../server/ownership/ports.js";
import { displayAge } from "./age.js";
import { alertSentence } from "./alertSentence.js";
import type { Privacy } from "./privacy.js";
import { SEVERITY_COLORS } from "./themeColors.js";
import { writtenNumber } from "./writtenNumber.js";

const VIEW_ID = "fusion.alerts";

/** The command behind a click on an alert; it takes the alert. */
export const OPEN_ALERT = "fusion.openAlert";

/** How often (ms) ages are told anew while the view is in sight. */
const AGING_MS = 30_000;

/** The group of alerts that are over. */
const RECENT = "recent";

type Node = Alert | typeof RECENT;

/** The alerts in the side bar, and how many of them fire on its icon. */
export class AlertsView implements vscode.Disposable, vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly view: vscode.TreeView<Node>;
  private readonly subscriptions: readonly { dispose(): void }[];
  private aging: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly alerts: FolderAlerts,
    private readonly privacy: Privacy,
  ) {
    this.view = vscode.window.createTreeView(VIEW_ID, { treeDataProvider: this });
    this.subscriptions = [
      this.view,
      this.changed,
      alerts.onList((list) => this.update(list)),
      privacy.onChange(() => this.changed.fire(undefined)),
      this.view.onDidChangeVisibility(({ visible }) => this.age(visible)),
    ];
    this.update(alerts.list());
    this.age(this.view.visible);
  }

  getChildren(node?: Node): Node[] {
    const list = this.alerts.list();
    const recent = list.filter(({ state }) => state === "resolved");
    if (node === RECENT) return recent;
    const firing = list.filter(({ state }) => state === "firing");
    return recent.length > 0 ? [...firing, RECENT] : firing;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node !== RECENT) return alertItem(node, this.alerts.mutedUntil(node.id), this.privacy.isOn);
    const group = new vscode.TreeItem(vscode.l10n.t("Recent"), vscode.TreeItemCollapsibleState.Collapsed);
    group.id = RECENT;
    return group;
  }

  dispose(): void {
    clearInterval(this.aging);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private update(list: readonly Alert[]): void {
    this.changed.fire(undefined);
    this.view.badge = badgeOf(list.filter(isActive).length);
  }

  private age(visible: boolean): void {
    clearInterval(this.aging);
    if (visible) this.aging = setInterval(() => this.changed.fire(undefined), AGING_MS);
  }
}

function badgeOf(firing: number): vscode.ViewBadge | undefined {
  if (firing === 0) return undefined;
  const tooltip =
    firing === 1
      ? vscode.l10n.t("1 active alert")
      : vscode.l10n.t("{0} active alerts", writtenNumber(firing));
  return { value: firing, tooltip };
}

function alertItem(alert: Alert, mutedUntil: number | null, concealed: boolean): vscode.TreeItem {
  const { id, state, severity, muted, since, resolvedAt } = alert;
  const message = alertSentence(alert, concealed);
  const age = displayAge(resolvedAt ?? since, Date.now());
  const description = muted ? `${isolated(age)} · ${isolated(muteText(mutedUntil))}` : isolated(age);
  const item = new vscode.TreeItem(isolated(message));
  item.id = `${id}@${since}`;
  item.description = description;
  item.tooltip = `${severityText(severity)}: ${isolated(message)}`;
  item.accessibilityInformation = { label: `${severityText(severity)}, ${message}, ${description}` };
  // The manifest's menus go by it.
  item.contextValue = muted ? "muted" : state;
  item.iconPath = iconOf(alert);
  item.command = { command: OPEN_ALERT, title: vscode.l10n.t("Open"), arguments: [alert] };
  return item;
}

function iconOf({ state, severity, muted }: Alert): vscode.ThemeIcon {
  if (state === "resolved") return new vscode.ThemeIcon("pass");
  if (muted) return new vscode.ThemeIcon("bell-slash");
  return new vscode.ThemeIcon(severity, new vscode.ThemeColor(SEVERITY_COLORS[severity]));
}

function muteText(until: number | null): string {
  if (until === null) return vscode.l10n.t("muted");
  const time = new Date(until).toLocaleTimeString(vscode.env.language, {
    hour: "numeric",
    minute: "2-digit",
  });
  return vscode.l10n.t("snoozed until {0}", time);
}

function severityText(severity: Severity): string {
  switch (severity) {
    case "info":
      return vscode.l10n.t("Information");
    case "warning":
      return vscode.l10n.t("Warning");
    case "error":
      return vscode.l10n.t("Error");
  }
}
