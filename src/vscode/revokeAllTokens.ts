import * as vscode from "vscode";
import { reasonOf } from "./inWords.js";
import type { TokenDesk } from "./serverHost.js";

/** Revokes every token made so far, once the user has said that this is meant. */
export async function revokeAllTokens({ tokens }: TokenDesk): Promise<void> {
  const yes = vscode.l10n.t("Revoke All");
  const question = vscode.l10n.t("Revoke all client tokens of this workspace?");
  const detail = vscode.l10n.t(
    "Every other program is disconnected at once, and needs a new token to come back.",
  );
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) !== yes) return;
  try {
    await tokens.revokeAll();
    vscode.window.setStatusBarMessage(vscode.l10n.t("All client tokens were revoked."), 5_000);
  } catch (error) {
    const reason = reasonOf(error);
    void vscode.window.showErrorMessage(vscode.l10n.t("The tokens were not revoked: {0}", reason));
  }
}
