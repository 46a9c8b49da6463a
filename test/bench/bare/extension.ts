/** What VS Code itself needs to start an extension of the product's size, and to show any panel. */
import * as vscode from "vscode";
import { tellThreadTime } from "../support/threadTime.js";

const VIEW_TYPE = "bare.panel";

// Of the product's marks, too: it is loaded after this.
tellThreadTime();

/** Registers as much as the product does, and shows a text in the status bar. */
export function activate({ extension, subscriptions }: vscode.ExtensionContext): void {
  performance.mark("bare/activate/start");
  const item = vscode.window.createStatusBarItem("bare.status", vscode.StatusBarAlignment.Left);
  item.text = "$(pulse) Bare";
  item.show();
  const output = vscode.window.createOutputChannel("Bare");
  output.appendLine("Active");
  const commands: readonly { readonly command: string }[] = extension.packageJSON.contributes.commands;
  subscriptions.push(
    item,
    output,
    vscode.languages.createDiagnosticCollection("bare"),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, { deserializeWebviewPanel: async () => {} }),
    ...commands.map(({ command }) => vscode.commands.registerCommand(command, openPanel)),
  );
  performance.mark("bare/activate/end");
}

function openPanel(): void {
  const options = { enableScripts: true };
  const panel = vscode.window.createWebviewPanel(VIEW_TYPE, "Bare panel", vscode.ViewColumn.Active, options);
  panel.webview.html = "<!DOCTYPE html><html><body><bare-panel>A line of text</bare-panel></body></html>";
}
