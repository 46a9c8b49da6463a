import * as vscode from "vscode";
import type { Metric } from "../protocol/snapshot.js";
import type { ListedToken } from "../server/tokenRegister.js";
import { reasonOf } from "./inWords.js";
import { askNewToken } from "./newToken.js";
import { revokeAllTokens } from "./revokeAllTokens.js";
import type { TokenDesk } from "./serverHost.js";
import { showNewToken } from "./shownToken.js";
import { askTokenAction } from "./tokenList.js";

/**
 * Lists the tokens that let other programs in, and makes and revokes them, until the user is done.
 * @param metrics those that the stream has now, by id
 */
export async function manageTokens(
  desk: TokenDesk,
  metrics: () => Readonly<Record<string, Metric>>,
): Promise<void> {
  for (;;) {
    const action = await askTokenAction(desk);
    if (action === null) return;
    if (action.kind === "revokeAll") await revokeAllTokens(desk);
    else if (action.kind === "revoke") await revoke(desk, action.token);
    else if (action.kind === "copyId") await copyId(action.token);
    else if (await makeToken(desk, metrics())) return;
  }
}

/** @returns whether a token was made */
async function makeToken({ tokens }: TokenDesk, metrics: Readonly<Record<string, Metric>>): Promise<boolean> {
  const request = await askNewToken(metrics);
  if (request === null) return false;
  try {
    const { text } = await tokens.issue(request);
    await showNewToken(request.name, text);
    return true;
  } catch (error) {
    tellFailure(vscode.l10n.t("The token was not made: {0}", reasonOf(error)));
    return false;
  }
}

async function revoke({ tokens }: TokenDesk, { id, name }: ListedToken): Promise<void> {
  const yes = vscode.l10n.t("Revoke");
  const detail = vscode.l10n.t("Whoever uses it is disconnected at once. This cannot be undone.");
  const question = vscode.l10n.t("Revoke the token “{0}”?", name);
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) !== yes) return;
  try {
    await tokens.revoke(id);
  } catch (error) {
    tellFailure(vscode.l10n.t("The token was not revoked: {0}", reasonOf(error)));
  }
}

async function copyId({ id }: ListedToken): Promise<void> {
  await vscode.env.clipboard.writeText(id);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied the token's ID."), 5_000);
}

function tellFailure(message: string): void {
  void vscode.window.showErrorMessage(message);
}
