import * as vscode from "vscode";

export const VIEW_TYPE = "fusion.commandCenter";

/** Whether a tab is the Command Center's; VS Code puts a word of its own before a panel's type. */
export function isCommandCenterTab({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(VIEW_TYPE);
}
