/** What the page says of alerts. */
import * as l10n from "@vscode/l10n";
import { alertText } from "../../src/protocol/alertMessage.js";
import type { Alert, Severity } from "../../src/protocol/alerts.js";
import { shortSpan } from "../../src/protocol/duration.js";
import { moment } from "./time.js";

/** `muted`: it fires, and nobody is notified of it. */
export type AlertStatus = "firing" | "muted" | "resolved";

export function statusOf({ state, muted }: Alert): AlertStatus {
  return state === "firing" && muted ? "muted" : state;
}

/** The first alert that fires on a metric: the most urgent, and one that is not muted before those that are. */
export function alertOf(alerts: readonly Alert[], metric: string): Alert | null {
  const firing = alerts.filter((alert) => alert.metric === metric && alert.state === "firing");
  return firing.find(({ muted }) => !muted) ?? firing[0] ?? null;
}

/** Those that fire, as the stream orders them: first the ones that somebody is to be notified of. */
export function firingAlerts(alerts: readonly Alert[]): Alert[] {
  const firing = alerts.filter(({ state }) => state === "firing");
  return [...firing.filter(({ muted }) => !muted), ...firing.filter(({ muted }) => muted)];
}

/** Those that are over, the last one first. */
export function recentAlerts(alerts: readonly Alert[]): Alert[] {
  return alerts.filter(({ state }) => state === "resolved");
}

/** Tells two firings of one alert apart. */
export function firingKey({ id, since, state }: Alert): string {
  return `${state} ${since} ${id}`;
}

/**
 * Alerts that began to fire, or that ended, from one list to the next; none of the muted ones.
 * @param before `null` where nothing was known: then nothing has turned
 */
export function turnsBetween(before: readonly Alert[] | null, after: readonly Alert[] | null): Alert[] {
  if (before === null || after === null || before === after) return [];
  const known = new Set(before.map(firingKey));
  return after.filter((alert) => !alert.muted && !known.has(firingKey(alert)));
}

/** What an alert says, in the page's language. */
export function alertSentence(alert: Alert, locale: string): string {
  return alertText(alert, l10n, locale);
}

export function turnText(alert: Alert, locale: string): string {
  const { state, severity } = alert;
  const message = alertSentence(alert, locale);
  return state === "firing"
    ? l10n.t("Alert ({0}): {1}", severityLabel(severity), message)
    : l10n.t("Alert over: {0}", message);
}

/** That nobody is notified of an alert, and until when. */
export function mutedText({ mutedUntil }: Alert, now: number, locale: string): string {
  return mutedUntil === undefined
    ? l10n.t("Muted")
    : l10n.t("Snoozed until {0}", moment(mutedUntil, now, locale));
}

/** Of a card's mark, for a screen reader. */
export function cardAlertText(alert: Alert, locale: string): string {
  const { severity, muted, mutedUntil } = alert;
  const message = alertSentence(alert, locale);
  if (!muted) return l10n.t("Alert ({0}): {1}", severityLabel(severity), message);
  return mutedUntil === undefined
    ? l10n.t("Muted alert ({0}): {1}", severityLabel(severity), message)
    : l10n.t("Snoozed alert ({0}): {1}", severityLabel(severity), message);
}

/** "for 5 min"; of one that is over, "5 min ago". */
export function alertTimeText({ since, resolvedAt }: Alert, now: number, locale?: string): string {
  // Another machine's clock may be ahead of this one.
  const span = Math.max(0, now - Date.parse(resolvedAt ?? since));
  const time = shortSpan(span, locale);
  return resolvedAt === null ? l10n.t("for {0}", time) : l10n.t("{0} ago", time);
}

/** In words; a severity itself is the name of its codicon. */
export function severityLabel(severity: Severity): string {
  switch (severity) {
    case "info":
      return l10n.t("Info");
    case "warning":
      return l10n.t("Warning");
    case "error":
      return l10n.t("Error");
  }
}
