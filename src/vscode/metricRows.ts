import * as vscode from "vscode";
import { type Alert, isActive } from "../protocol/alerts.js";
import { isolated } from "../protocol/direction.js";
import { displayValue } from "../protocol/display.js";
import { timeFormat } from "../protocol/formats.js";
import type { ValueOrigin } from "../protocol/origin.js";
import type { Metric, Snapshot } from "../protocol/snapshot.js";
import { alertSentence } from "./alertSentence.js";
import { knownInOrder } from "./knownMetrics.js";
import { escapeMarkdown } from "./markdownText.js";
import type { SidebarRow } from "./sidebarRow.js";
import { LIVE_COLOR, QUIET_COLOR, SEVERITY_COLORS } from "./themeColors.js";

export interface ShownMetrics {
  /** Concealed already where privacy mode is on. */
  readonly snapshot: Snapshot;
  readonly alerts: readonly Alert[];
  /** Whether all of it may be old, because nothing has come for too long. */
  readonly stale: boolean;
  /** BCP 47. */
  readonly locale: string;
}

const CODICON_NAME = /^[a-z0-9-]+$/;

/** A codicon for those that have none, or an emoji, which VS Code draws nowhere in a tree. */
const PLAIN_ICON = "pulse";

/** Every metric that anything is known of, those with cards first, in their order. */
export function metricRows({ snapshot, alerts, stale, locale }: ShownMetrics): readonly SidebarRow[] {
  return knownInOrder(snapshot).map(([id, metric]) => {
    const active = alerts.find((alert) => alert.metric === id && isActive(alert));
    return metricRow(id, metric, active ?? null, stale, locale);
  });
}

interface Look {
  /** In words; `null` where all is well. */
  readonly state: string | null;
  /** `null` for the metric's own. */
  readonly icon: string | null;
  readonly color: string;
}

function lookOf(metric: Metric, alert: Alert | null, stale: boolean): Look {
  if (metric.value === null) {
    const failed = metric.error !== null;
    return {
      state: vscode.l10n.t("not available"),
      icon: failed ? "warning" : "circle-slash",
      color: failed ? SEVERITY_COLORS.warning : QUIET_COLOR,
    };
  }
  if (stale || metric.stale) {
    return { state: vscode.l10n.t("stale"), icon: "warning", color: SEVERITY_COLORS.warning };
  }
  if (alert) {
    return { state: vscode.l10n.t("alert"), icon: "bell-dot", color: SEVERITY_COLORS[alert.severity] };
  }
  return { state: null, icon: null, color: LIVE_COLOR };
}

function metricRow(
  id: string,
  metric: Metric,
  alert: Alert | null,
  stale: boolean,
  locale: string,
): SidebarRow {
  const { label, icon, source } = metric;
  const concealed = metric.concealed === true;
  const value = displayValue(metric, locale);
  const look = lookOf(metric, alert, stale);
  const state = look.state === null ? [] : [look.state];
  const spokenValue = concealed && metric.value !== null ? vscode.l10n.t("values are hidden") : value;
  return {
    id,
    label,
    description: [value, ...state].map(isolated).join(" · "),
    spoken: [label, spokenValue, ...state].join(", "),
    icon: look.icon ?? (icon !== null && CODICON_NAME.test(icon) ? icon : PLAIN_ICON),
    color: look.color,
    tooltip: tooltipOf(metric, value, alert, stale, locale),
    can: ["metric", ...(source === null ? [] : ["open"])],
    command: source === null ? null : "fusion.openMetric",
  };
}

function tooltipOf(
  metric: Metric,
  value: string,
  alert: Alert | null,
  stale: boolean,
  locale: string,
): string {
  const { label, origin, source, changedAt, error } = metric;
  const lines = [`**${escapeMarkdown(isolated(label))}** ${escapeMarkdown(isolated(value))}`];
  if (alert)
    lines.push(`$(${alert.severity}) ${escapeMarkdown(alertSentence(alert, metric.concealed === true))}`);
  if (error !== null) lines.push(`$(warning) ${escapeMarkdown(error)}`);
  if (stale) lines.push(`$(warning) ${vscode.l10n.t("No update for too long: this may be old.")}`);
  const place = source === null ? null : placeOf(source.file, source.line);
  const from = [place ?? placeOfOrigin(origin), selectionOf(origin)].filter((part) => part !== null);
  if (from.length > 0) lines.push(from.map(isolated).map(escapeMarkdown).join(" · "));
  if (changedAt !== null) {
    const moment = timeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(
      new Date(changedAt),
    );
    lines.push(escapeMarkdown(vscode.l10n.t("Last changed {0}", moment)));
  }
  return lines.join("\n\n");
}

function placeOf(file: string, line: number | null): string {
  if (file === ".") return vscode.l10n.t("the workspace folder");
  return line === null ? file : vscode.l10n.t("{0}, line {1}", file, line);
}

function placeOfOrigin(origin: ValueOrigin | null): string | null {
  switch (origin?.kind) {
    case "file":
      return origin.file;
    case "url":
      return origin.url;
    case "git":
      return origin.remote ?? "git";
    case "extension":
      return vscode.l10n.t("the extension {0}", origin.extension);
    default:
      return null;
  }
}

/** What of it counts, as its owner wrote it. */
function selectionOf(origin: ValueOrigin | null): string | null {
  if (origin?.kind === "builtIn") return origin.field ?? null;
  if (origin?.kind === "files") return origin.glob;
  if (origin?.kind !== "file" && origin?.kind !== "url") return null;
  const { query, column, match, aggregate } = origin;
  const chosen = match ?? column ?? query ?? null;
  if (aggregate === undefined || chosen === null) return chosen ?? aggregate ?? null;
  return `${aggregate}: ${chosen}`;
}
