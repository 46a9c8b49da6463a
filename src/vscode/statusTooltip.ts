import * as vscode from "vscode";
import type { Alert, Severity } from "../protocol/alerts.js";
import { isolated } from "../protocol/direction.js";
import { displayValue } from "../protocol/display.js";
import type { Snapshot } from "../protocol/snapshot.js";
import type { StreamStatus } from "../protocol/status.js";
import { displayAge } from "./age.js";
import { alertSentence } from "./alertSentence.js";
import { inWords } from "./inWords.js";
import { knownInOrder } from "./knownMetrics.js";
import { escapeMarkdown } from "./markdownText.js";
import { writtenNumber } from "./writtenNumber.js";

export interface TooltipContent {
  readonly snapshot: Snapshot | null;
  readonly status: StreamStatus;
  readonly stateText: string;
  /** Those that fire and are not muted, the most urgent first. */
  readonly alerts: readonly Alert[];
  /** Whether privacy mode hides all values; those of `snapshot` are concealed already. */
  readonly concealed: boolean;
  readonly folder: string | null;
  /** Where other programs find the stream; `null` while nothing listens. */
  readonly url: string | null;
  /** Why the server could not start. */
  readonly error: string | null;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The tooltip has room for so many alerts. */
const MOST_ALERTS = 5;

const ICONS: Readonly<Record<Severity, string>> = {
  info: "$(info)",
  warning: "$(warning)",
  error: "$(error)",
};

/** What colours the item, every metric with its age, the stream's state, and links to what one would do next. */
export function statusTooltip(content: TooltipContent): vscode.MarkdownString {
  const { snapshot, status, folder, now } = content;
  const locale = vscode.env.language;
  const tooltip = new vscode.MarkdownString("", true);
  tooltip.isTrusted = {
    enabledCommands: [
      "fusion.refresh",
      "fusion.setInterval",
      "fusion.openCommandCenter",
      "fusion.pinMetric",
      "fusion.togglePrivacy",
    ],
  };

  for (const alert of content.alerts.slice(0, MOST_ALERTS)) {
    tooltip.appendMarkdown(
      `${ICONS[alert.severity]} ${escapeMarkdown(alertSentence(alert, content.concealed))}\n\n`,
    );
  }
  const more = content.alerts.length - MOST_ALERTS;
  if (more > 0) tooltip.appendMarkdown(`${vscode.l10n.t("and {0} more", more)}\n\n`);
  tooltip.appendMarkdown(`**Fusion** · ${escapeMarkdown(content.stateText)}`);
  if (folder !== null) tooltip.appendMarkdown(` · ${escapeMarkdown(isolated(folder))}`);
  if (content.concealed) tooltip.appendMarkdown(`\n\n${privacyLine()}`);
  if (snapshot !== null) {
    const metrics = knownInOrder(snapshot);
    tooltip.appendMarkdown(metrics.length === 0 ? "\n" : "\n\n| | | |\n|:--|--:|:--|\n");
    for (const [, metric] of metrics) {
      const age = metric.changedAt === null ? "" : displayAge(metric.changedAt, now);
      const note = metric.error === null ? age : `$(warning) ${escapeMarkdown(metric.error)}`;
      const value = escapeMarkdown(displayValue(metric, locale));
      tooltip.appendMarkdown(`| ${escapeMarkdown(metric.label)} | **${value}** | ${note} |\n`);
    }
    const updated = displayAge(snapshot.timestamp, now);
    tooltip.appendMarkdown(
      `\n${vscode.l10n.t("Updated {0} · every {1} min", updated, writtenNumber(status.interval.minutes))}`,
    );
  }
  const server = serverLine(content);
  if (server !== null) tooltip.appendMarkdown(`\n\n${server}`);
  tooltip.appendMarkdown(`\n\n---\n\n${links()}`);
  return tooltip;
}

function serverLine({ url, error, status, folder }: TooltipContent): string | null {
  if (error !== null) return `$(error) ${escapeMarkdown(inWords(error))}`;
  if (url !== null) {
    const clients = status.metrics.connectedClients;
    const count =
      clients === 1 ? vscode.l10n.t("1 client") : vscode.l10n.t("{0} clients", writtenNumber(clients));
    return `${escapeMarkdown(url)} · ${count}`;
  }
  if (folder === null) return null;
  return vscode.workspace.isTrusted
    ? vscode.l10n.t("The server is starting")
    : vscode.l10n.t("Restricted Mode: files are read, the server is off");
}

function privacyLine(): string {
  const show = `[${vscode.l10n.t("Show values")}](command:fusion.togglePrivacy)`;
  return `$(eye-closed) ${vscode.l10n.t("Privacy mode hides all values.")} ${show}`;
}

function links(): string {
  return [
    `[$(refresh) ${vscode.l10n.t("Refresh")}](command:fusion.refresh)`,
    `[$(watch) ${vscode.l10n.t("Change interval")}](command:fusion.setInterval)`,
    `[$(pin) ${vscode.l10n.t("Choose metric")}](command:fusion.pinMetric)`,
    `[$(dashboard) ${vscode.l10n.t("Open Command Center")}](command:fusion.openCommandCenter)`,
  ].join(" &nbsp; ");
}
