import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as vscode from "vscode";
import { ownEntry } from "../protocol/ownEntry.js";
import type { Snapshot } from "../protocol/snapshot.js";
import { panelPage } from "./panelPage.js";

/** The Command Center's page for a webview, with what is known already of the folder (its name) in it. */
export async function panelDocument(
  webview: vscode.Webview,
  root: vscode.Uri,
  folder: string | null,
  snapshot: Snapshot | null,
): Promise<string> {
  const outline = {
    title: vscode.l10n.t("Command Center"),
    connecting: vscode.l10n.t("Connecting"),
    folder,
    cards: snapshot && cardLabels(snapshot),
  };
  const files = {
    source: webview.cspSource,
    address: (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(root, file)).toString(),
    styles: await readFile(vscode.Uri.joinPath(root, "outline.css").fsPath, "utf8"),
  };
  return panelPage(outline, files, randomBytes(16).toString("base64"), vscode.env.language);
}

function cardLabels({ cards, metrics }: Snapshot): string[] {
  return cards.flatMap((id) => ownEntry(metrics, id)?.label ?? []);
}
