import * as vscode from "vscode";
import { CONFIG_FILE } from "../core/config/configFile.js";
import type { ConfigFix, ConfigProblem } from "../core/config/configProblem.js";
import { DIAGNOSTIC_SOURCE, isConfigUri, rangeIndex } from "./configDiagnostics.js";
import { inWords } from "./inWords.js";

/** Offers to mend what is wrong in `fusion.json`. */
export class ConfigQuickFixes implements vscode.CodeActionProvider, vscode.Disposable {
  private readonly registration = vscode.languages.registerCodeActionsProvider(
    { pattern: `**/${CONFIG_FILE}` },
    this,
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    if (!isConfigUri(document.uri)) return [];
    const { parseFusionConfig } = await import("../core/config/fusionConfig.js");
    // Read anew: what the squiggles were made of may be a keystroke old, and a fix must not hit the wrong place.
    const text = document.getText();
    const rangeOf = rangeIndex(text);
    return parseFusionConfig(text).problems.flatMap((problem) => {
      if (problem.fix === null || !rangeOf(problem).intersection(range)) return [];
      const shown = diagnostics.filter((diagnostic) => isOf(problem, diagnostic));
      return [quickFix(document.uri, problem.fix, rangeOf(problem.fix), shown)];
    });
  }

  dispose(): void {
    this.registration.dispose();
  }
}

function quickFix(
  uri: vscode.Uri,
  { title, text }: ConfigFix,
  range: vscode.Range,
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction {
  const action = new vscode.CodeAction(inWords(title), vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(uri, range, text);
  action.diagnostics = diagnostics;
  action.isPreferred = true;
  return action;
}

function isOf({ message, line }: ConfigProblem, diagnostic: vscode.Diagnostic): boolean {
  return (
    diagnostic.source === DIAGNOSTIC_SOURCE &&
    diagnostic.message === inWords(message) &&
    diagnostic.range.start.line === line - 1
  );
}
