import * as vscode from "vscode";
import { alertText } from "../protocol/alertMessage.js";
import type { Alert } from "../protocol/alerts.js";
import { concealedAlert } from "../protocol/concealment.js";

/** What an alert says, in VS Code's language; without its values where they are concealed. */
export function alertSentence(alert: Alert, concealed: boolean): string {
  return alertText(concealed ? concealedAlert(alert) : alert, vscode.l10n, vscode.env.language);
}
