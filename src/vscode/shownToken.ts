import * as vscode from "vscode";

/** Shows a new token this one time: it is kept nowhere, and no message or log has it. */
export function showNewToken(name: string, token: string): Promise<void> {
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t("Token “{0}”", name);
  input.prompt = vscode.l10n.t("Copy it now: it is not shown again.");
  input.value = token;
  input.valueSelection = [0, token.length];
  input.ignoreFocusOut = true;
  const copyButton = { iconPath: new vscode.ThemeIcon("copy"), tooltip: vscode.l10n.t("Copy") };
  input.buttons = [copyButton];
  const copy = async () => {
    await vscode.env.clipboard.writeText(token);
    vscode.window.setStatusBarMessage(vscode.l10n.t("Copied the token."), 5_000);
    input.hide();
  };
  return new Promise((resolve) => {
    input.onDidTriggerButton(copy);
    input.onDidAccept(copy);
    // What was typed over it would be copied by hand.
    input.onDidChangeValue(() => {
      input.value = token;
    });
    input.onDidHide(() => {
      input.dispose();
      resolve();
    });
    input.show();
  });
}
