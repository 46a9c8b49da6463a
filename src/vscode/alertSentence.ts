import * as vscode from "vscode";
import { alertText } from "../protocol/alertMessage.js";
import type { Alert } from "../protocol/alerts.js";

/** What an alert says, in VS Code's language. */
export function alertSentence(alert: Alert): string {
  return alertText(alert, vscode.l10n, vscode.env.language);
}
