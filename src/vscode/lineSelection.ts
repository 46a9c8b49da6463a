import { posix } from "node:path";
import * as vscode from "vscode";
import { type LineUse, lineUses } from "../core/discovery/lineUse.js";

/** What the editor's selection may ask for; none, and the user is told why, where nothing can be made of it. */
export function usesOfSelection(kind: LineUse["kind"]): LineUse[] {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return [];
  const { document, selection } = editor;
  const line = document.lineAt(selection.start.line).text;
  const uses = lineUses(kind, {
    line,
    start: selection.start.character,
    end: selection.isSingleLine ? selection.end.character : line.length,
    file: posix.parse(document.uri.path).name,
  });
  if (uses.length === 0) void vscode.window.showInformationMessage(adviceFor(kind));
  return uses;
}

function adviceFor(kind: LineUse["kind"]): string {
  return kind === "count"
    ? vscode.l10n.t("Select what the lines have in common: a few words of one of them.")
    : vscode.l10n.t("Select a plain number such as 42 or 3.5, without signs between its digits.");
}
