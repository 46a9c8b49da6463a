import * as vscode from "vscode";
import { shortSpan } from "../protocol/duration.js";

const MINUTE_MS = 60_000;

/**
 * How long ago something was, in whole minutes and coarser: "2 min ago", "just now".
 * @param since UTC, ISO 8601
 * @param now epoch milliseconds
 */
export function displayAge(since: string, now: number): string {
  const span = now - Date.parse(since);
  return span < MINUTE_MS
    ? vscode.l10n.t("just now")
    : vscode.l10n.t("{0} ago", shortSpan(span, vscode.env.language));
}

/**
 * How long it takes until a time, in whole minutes and coarser: "in 29 d", "in less than a minute".
 * @param time epoch milliseconds, as `now` is
 */
export function displayWait(time: number, now: number): string {
  // What was set a moment ago to last an hour is still read as an hour.
  const span = Math.round((time - now) / MINUTE_MS) * MINUTE_MS;
  return span < MINUTE_MS
    ? vscode.l10n.t("in less than a minute")
    : vscode.l10n.t("in {0}", shortSpan(span, vscode.env.language));
}
