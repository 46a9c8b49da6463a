import * as vscode from "vscode";
import { MAX_INTERVAL_MINUTES, MIN_INTERVAL_MINUTES } from "../protocol/interval.js";
import { INTERVAL_COSTS } from "./intervalCosts.js";
import { cpuSecondsAt } from "./intervalEstimate.js";

interface IntervalItem extends vscode.QuickPickItem {
  readonly minutes: number;
}

/** Asks for an interval of 3 to 10 minutes, and tells what each means; `undefined` where none was chosen. */
export async function pickInterval(current: number): Promise<number | undefined> {
  const count = MAX_INTERVAL_MINUTES - MIN_INTERVAL_MINUTES + 1;
  const items = Array.from({ length: count }, (_, index) => item(MIN_INTERVAL_MINUTES + index, current));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Update interval"),
    placeHolder: vscode.l10n.t("How often to collect when no file changes. Changes on disk show at once."),
    matchOnDetail: true,
  });
  return picked?.minutes;
}

function item(minutes: number, current: number): IntervalItem {
  const digits = new Intl.NumberFormat(vscode.env.language, { maximumFractionDigits: 1 });
  const seconds = new Intl.NumberFormat(vscode.env.language, { maximumSignificantDigits: 2 });
  const description = vscode.l10n.t(
    "{0} emissions an hour, {1} s of CPU",
    digits.format(60 / minutes),
    seconds.format(cpuSecondsAt(minutes, INTERVAL_COSTS)),
  );
  return {
    minutes,
    label: vscode.l10n.t("{0} minutes", minutes),
    description: minutes === current ? `${description} · ${vscode.l10n.t("current")}` : description,
    detail: suits(minutes),
  };
}

function suits(minutes: number): string {
  if (minutes === 3) return vscode.l10n.t("For busy hours: trading floors, operations centers");
  if (minutes === 4) return vscode.l10n.t("For active work, a little calmer");
  if (minutes === 5) return vscode.l10n.t("Recommended: balanced for most days");
  if (minutes < 8) return vscode.l10n.t("For steady data that changes a few times an hour");
  return vscode.l10n.t("For quiet data and small machines");
}
