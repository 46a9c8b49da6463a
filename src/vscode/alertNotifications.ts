import * as vscode from "vscode";
import { AlertDigest } from "../core/alerts/alertDigest.js";
import type { Clock } from "../core/clock.js";
import { type Alert, SEVERITIES, type Severity } from "../protocol/alerts.js";
import type { FolderAlerts } from "../server/ownership/ports.js";
import type { ActiveFolder } from "./activeFolder.js";
import { SNOOZE_MS } from "./alertCommands.js";
import { alertSentence } from "./alertSentence.js";
import { plainText } from "./plainText.js";
import type { Privacy } from "./privacy.js";
import type { Settings } from "./settings.js";
import { writtenNumber } from "./writtenNumber.js";

/** Of a burst, so many messages are spelled out. */
const MOST_MESSAGES = 3;

/** Tells the user of alerts that begin to fire, as far as the settings want it. */
export class AlertNotifications implements vscode.Disposable {
  private readonly digest: AlertDigest;
  private readonly subscriptions: readonly { dispose(): void }[];

  constructor(
    private readonly alerts: FolderAlerts,
    private readonly settings: Settings,
    private readonly privacy: Privacy,
    private readonly activeFolder: ActiveFolder,
    clock: Clock,
    /** Whether this window is the one to speak: others on the folder hear of the same alerts. */
    private readonly speaks: () => boolean,
  ) {
    this.digest = new AlertDigest({
      clock,
      pending: (gathered) => this.pending(gathered),
      show: (pending) => this.show(pending),
    });
    this.subscriptions = [
      activeFolder.onChange(() => this.digest.forget()),
      alerts.onAlert((alert) => {
        if (alert.state === "firing" && this.isWanted(alert)) this.digest.add(alert);
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.digest.dispose();
  }

  /** Of the folder whose alerts are told of. */
  private get address(): string | null {
    return this.activeFolder.folder?.uri.toString() ?? null;
  }

  private isWanted({ severity, muted }: Alert): boolean {
    return !muted && this.settings.notifiedSeverities.includes(severity);
  }

  /** What still fires, as the list has it now: most urgent first, with the mutes made meanwhile. */
  private pending(gathered: readonly Alert[]): readonly Alert[] {
    return this.alerts
      .list()
      .filter(
        (alert) =>
          alert.state === "firing" && this.isWanted(alert) && gathered.some(({ id }) => id === alert.id),
      );
  }

  private async show(alerts: readonly Alert[]): Promise<void> {
    if (!this.speaks()) return;
    const open = vscode.l10n.t("Open");
    const snooze = vscode.l10n.t("Snooze 1 h");
    const mute = alerts.length === 1 ? vscode.l10n.t("Mute this alert") : vscode.l10n.t("Mute these alerts");
    const { address } = this;
    const answer = await SHOW[mostUrgent(alerts)](textOf(alerts, this.privacy.isOn), open, snooze, mute);
    if (answer === open) await vscode.commands.executeCommand("fusion.openCommandCenter");
    if (answer !== snooze && answer !== mute) return;
    // The same alert of another folder has the same id.
    if (this.address !== address) return;
    const until = answer === snooze ? Date.now() + SNOOZE_MS : null;
    for (const { id } of alerts) this.alerts.mute(id, until);
  }
}

const SHOW: Readonly<
  Record<Severity, (message: string, ...actions: string[]) => Thenable<string | undefined>>
> = {
  info: (message, ...actions) => vscode.window.showInformationMessage(message, ...actions),
  warning: (message, ...actions) => vscode.window.showWarningMessage(message, ...actions),
  error: (message, ...actions) => vscode.window.showErrorMessage(message, ...actions),
};

function mostUrgent(alerts: readonly Alert[]): Severity {
  return SEVERITIES.findLast((severity) => alerts.some((alert) => alert.severity === severity)) ?? "info";
}

function textOf(alerts: readonly Alert[], concealed: boolean): string {
  const messages = alerts.slice(0, MOST_MESSAGES).map((alert) => plainText(alertSentence(alert, concealed)));
  if (alerts.length === 1) return messages.join("");
  const more = alerts.length - messages.length;
  const rest = more > 0 ? [vscode.l10n.t("And {0} more.", more)] : [];
  return vscode.l10n.t("{0} alerts: {1}", writtenNumber(alerts.length), [...messages, ...rest].join(" "));
}
