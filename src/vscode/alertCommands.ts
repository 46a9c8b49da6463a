import * as vscode from "vscode";
import { type Alert, isActive } from "../protocol/alerts.js";
import type { FolderAlerts } from "../server/ownership/ports.js";
import { alertSentence } from "./alertSentence.js";
import { plainItem } from "./plainText.js";
import type { Privacy } from "./privacy.js";

/** How long (ms) a snoozed alert is quiet. */
export const SNOOZE_MS = 60 * 60_000;

interface AlertTargets {
  readonly alerts: FolderAlerts;
  readonly privacy: Privacy;
}

/** @param given the alert of the view's item, the id that the panel knows, or anything else for one to be picked */
export async function snoozeAlert(targets: AlertTargets, given: unknown): Promise<void> {
  const id = idOf(given) ?? (await pickFiring(targets))?.id;
  if (id !== undefined) targets.alerts.mute(id, Date.now() + SNOOZE_MS);
}

/** @param given as `snoozeAlert` takes it */
export async function muteAlert(targets: AlertTargets, given: unknown): Promise<void> {
  const id = idOf(given) ?? (await pickFiring(targets))?.id;
  if (id !== undefined) targets.alerts.mute(id, null);
}

/** @param given as `snoozeAlert` takes it */
export async function unmuteAlert(targets: AlertTargets, given: unknown): Promise<void> {
  const id = idOf(given) ?? (await pickMuted(targets))?.id;
  if (id !== undefined) targets.alerts.unmute(id);
}

function idOf(given: unknown): string | undefined {
  if (typeof given === "string") return given;
  return isAlert(given) ? given.id : undefined;
}

/** Commands take anything: of an alert, its id and its metric are needed. */
export function isAlert(value: unknown): value is Pick<Alert, "id" | "metric"> {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    typeof value.id === "string" &&
    "metric" in value &&
    typeof value.metric === "string"
  );
}

function pickFiring({ alerts, privacy }: AlertTargets): Promise<Alert | undefined> {
  return pick(alerts.list().filter(isActive), privacy.isOn, vscode.l10n.t("No alert is active."));
}

function pickMuted({ alerts, privacy }: AlertTargets): Promise<Alert | undefined> {
  const muted = alerts.list().filter(({ muted }) => muted);
  return pick(muted, privacy.isOn, vscode.l10n.t("No alert is muted."));
}

/** @param none said where there is nothing to pick from */
async function pick(alerts: readonly Alert[], concealed: boolean, none: string): Promise<Alert | undefined> {
  if (alerts.length === 0) {
    void vscode.window.showInformationMessage(none);
    return undefined;
  }
  // Of an alert that fired more than once, the last time counts.
  const byId = new Map([...alerts].reverse().map((alert) => [alert.id, alert]));
  const items = [...byId.values()]
    .reverse()
    .map((alert) => plainItem({ label: alertSentence(alert, concealed), alert }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t("Choose an alert"),
  });
  return picked?.alert;
}
