import * as vscode from "vscode";

/**
 * Opens a copy of the sample workspace, made on first use: the extension's own folder is replaced at every update, and
 * what the user tried would be lost with it.
 */
export async function openSampleWorkspace(context: vscode.ExtensionContext): Promise<void> {
  const sample = vscode.Uri.joinPath(context.globalStorageUri, "sample");
  if (!(await exists(sample))) {
    await vscode.workspace.fs.createDirectory(context.globalStorageUri);
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(context.extensionUri, "data"), sample);
  }
  const forceNewWindow = (vscode.workspace.workspaceFolders ?? []).length > 0;
  await vscode.commands.executeCommand("vscode.openFolder", sample, { forceNewWindow });
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
