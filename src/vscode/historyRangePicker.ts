import * as vscode from "vscode";
import type { HistoryRange } from "../protocol/history.js";

const DAY_MS = 86_400_000;
/** The first and the last time that JavaScript's dates know, in epoch milliseconds. */
const EVER: HistoryRange = { from: -8.64e15, to: 8.64e15 };

const TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?$/;

/** Asks for a range of time; `undefined` where none was chosen. */
export async function pickHistoryRange(): Promise<HistoryRange | undefined> {
  const days = (count: number) => async () => ({ from: Date.now() - count * DAY_MS, to: Date.now() });
  const items = [
    { label: vscode.l10n.t("Last 24 hours"), range: days(1) },
    { label: vscode.l10n.t("Last 7 days"), range: days(7) },
    { label: vscode.l10n.t("Last 30 days"), range: days(30) },
    { label: vscode.l10n.t("Everything"), range: async () => EVER },
    { label: vscode.l10n.t("Custom…"), range: customRange },
  ];
  const title = vscode.l10n.t("Export history: which time?");
  return await (await vscode.window.showQuickPick(items, { title }))?.range();
}

async function customRange(): Promise<HistoryRange | undefined> {
  const from = await askTime(vscode.l10n.t("From (local time)"), localText(Date.now() - DAY_MS), EVER.from);
  if (from === undefined) return undefined;
  const to = await askTime(vscode.l10n.t("To (local time)"), localText(Date.now()), from);
  return to === undefined ? undefined : { from, to };
}

/** @param earliest epoch milliseconds */
async function askTime(prompt: string, value: string, earliest: number): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    prompt,
    value,
    validateInput: (input) => {
      const at = localTime(input);
      if (at === null) return vscode.l10n.t("Enter a time such as 2025-11-08 17:40.");
      return at < earliest ? vscode.l10n.t("The range must end after it begins.") : null;
    },
  });
  return (text && localTime(text)) || undefined;
}

/** Epoch milliseconds of a local time, or of the beginning of a local day; `null` where there is no such time. */
function localTime(text: string): number | null {
  const trimmed = text.trim();
  if (!TIME.test(trimmed)) return null;
  const full = trimmed.length === 10 ? `${trimmed}T00:00` : trimmed.replace(" ", "T");
  const at = Date.parse(full);
  // A day that the month does not have would be one of the next month.
  return Number.isNaN(at) || new Date(at).getDate() !== Number(trimmed.slice(8, 10)) ? null : at;
}

function localText(at: number): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
