import * as vscode from "vscode";
import type { Past, PastValues } from "../core/alerts/pastValues.js";
import { rehearse } from "../core/alerts/rehearsal.js";
import type { AlertDefinition } from "../core/config/alertDefinition.js";
import { textLanguage } from "../protocol/textLanguage.js";

const WEEK_MS = 7 * 24 * 60 * 60_000;

/** A history that begins later than this (ms) after the week did is said to be shorter. */
const TOLERANCE_MS = 60 * 60_000;

/** Tells how often an alert on a metric would have fired in the last week. The past is asked for once. */
export class AlertPreview {
  private readonly from: number;
  private readonly past: Promise<Past>;

  /** @param now epoch ms */
  constructor(
    metric: string,
    pastValues: PastValues,
    private readonly now: number,
  ) {
    this.from = now - WEEK_MS;
    // A history that cannot be asked must not keep anybody from adding an alert.
    this.past = pastValues.query(metric, this.from, now).catch(() => ({ values: [], gaps: [] }));
  }

  /** @throws the signal's reason where nobody waits for the answer any more */
  async text(definition: AlertDefinition, signal?: AbortSignal): Promise<string> {
    const past = await this.past;
    const begun = past.values.find(([, value]) => value !== null)?.[0];
    if (begun === undefined) return vscode.l10n.t("No history of the last week yet.");
    const firings = await rehearse(definition, past, this.now, signal);
    const period =
      begun - this.from <= TOLERANCE_MS
        ? vscode.l10n.t("in the last 7 days")
        : vscode.l10n.t("since {0}, when its history begins", writtenMoment(begun));
    const last = firings.at(-1);
    if (last === undefined) return vscode.l10n.t("Would not have fired {0}.", period);
    if (firings.length === 1)
      return vscode.l10n.t("Would have fired once {0}, on {1}.", period, writtenMoment(last));
    return vscode.l10n.t(
      "Would have fired {0} times {1}, last on {2}.",
      firings.length,
      period,
      writtenMoment(last),
    );
  }
}

/** "Monday 14:05": within a week a day of the week is clear. */
function writtenMoment(at: number): string {
  const day = new Intl.DateTimeFormat(textLanguage(vscode.env.language), { weekday: "long" }).format(at);
  const time = new Intl.DateTimeFormat(vscode.env.language, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
  return `${day} ${time}`;
}
