import { posix } from "node:path";
import * as vscode from "vscode";
import { type LineUse, lineUse } from "../core/discovery/lineUse.js";

/** What the editor's selection asks for; `null`, and the user is told why, where nothing can be made of it. */
export function selectedLine(kind: LineUse["kind"]): LineUse | null {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return null;
  const { document, selection } = editor;
  const line = document.lineAt(selection.start.line).text;
  const use = lineUse(kind, {
    line,
    start: selection.start.character,
    end: selection.isSingleLine ? selection.end.character : line.length,
    file: posix.parse(document.uri.path).name,
  });
  if (use === null) void vscode.window.showInformationMessage(adviceFor(kind));
  return use;
}

function adviceFor(kind: LineUse["kind"]): string {
  return kind === "count"
    ? vscode.l10n.t("Select what the lines have in common: a few words of one of them.")
    : vscode.l10n.t("Select a plain number such as 42 or 3.5, without signs between its digits.");
}
