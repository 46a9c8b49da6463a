import * as vscode from "vscode";
import type { SourceLocation } from "../protocol/snapshot.js";
import { isCommandCenterTab } from "./commandCenterTabs.js";
import { plainText } from "./plainText.js";

/**
 * Opens a file at its line, never over a panel in view, so that its effect on the cards can be watched; shows a folder in
 * the Explorer.
 */
export async function openLocation(folder: vscode.Uri, { file, line }: SourceLocation): Promise<void> {
  const uri = vscode.Uri.joinPath(folder, ...file.split("/"));
  if (await isFolder(uri)) {
    await vscode.commands.executeCommand("revealInExplorer", uri);
    return;
  }
  const position = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  try {
    await vscode.window.showTextDocument(uri, {
      viewColumn: columnForFile(),
      selection: new vscode.Range(position, position),
    });
  } catch {
    void vscode.window.showErrorMessage(vscode.l10n.t("{0} could not be opened.", plainText(file)));
  }
}

/** The active column, or where the panel is in view there, another that has none: a new one only where there is no other. */
function columnForFile(): vscode.ViewColumn {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const isFree = ({ activeTab }: vscode.TabGroup) => !activeTab || !isCommandCenterTab(activeTab);
  const free = isFree(activeTabGroup) ? activeTabGroup : all.find(isFree);
  return free?.viewColumn ?? vscode.ViewColumn.Beside;
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.Directory) !== 0;
  } catch {
    return false;
  }
}
