import { posix } from "node:path";
import * as vscode from "vscode";
import type { LineUse } from "../core/discovery/lineMatches.js";
import { countPattern, numberPattern } from "../core/discovery/linePattern.js";

const MOST_WORDS = 4;

/** What the editor's selection asks for; `null`, and the user is told why, where nothing can be made of it. */
export function selectedLine(kind: LineUse["kind"]): LineUse | null {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return null;
  const { document, selection } = editor;
  const line = document.lineAt(selection.start.line).text;
  const from = selection.start.character;
  const to = selection.isSingleLine ? selection.end.character : line.length;
  if (kind === "count") {
    const match = countPattern(line, from, to);
    if (match !== null) {
      return { kind, match, name: nameOf(line.slice(from, to), posix.parse(document.uri.path).name) };
    }
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Select what the lines have in common: a few words of one of them."),
    );
    return null;
  }
  const found = numberPattern(line, from, to);
  if (found !== null) {
    const name = found.name || posix.parse(document.uri.path).name;
    return { kind, match: found.expression, name, key: found.key };
  }
  void vscode.window.showInformationMessage(
    vscode.l10n.t("Select a plain number such as 42 or 3.5, without signs between its digits."),
  );
  return null;
}

/** The first words of what is selected, else the file's name. */
function nameOf(text: string, file: string): string {
  const words = text.match(/\p{L}+/gu)?.slice(0, MOST_WORDS) ?? [];
  return words.length > 0 ? words.join(" ") : file;
}
