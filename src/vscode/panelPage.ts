import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { directionOf } from "../protocol/direction.js";

/** Folder of the page's script and style sheet, within the extension. */
export function panelRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "dist", "webview");
}

/** The Command Center's page: one script, one style sheet, no network. */
export function panelPage(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64");
  const root = panelRoot(extensionUri);
  const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(root, file)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const { language } = vscode.env;
  return `<!DOCTYPE html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link id="vscode-codicon-stylesheet" rel="stylesheet" href="${address("panel.css")}">
  <title>Command Center</title>
</head>
<body>
  <fusion-command-center></fusion-command-center>
  <script type="module" nonce="${nonce}" src="${address("panel.js")}"></script>
</body>
</html>`;
}
