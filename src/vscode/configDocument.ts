import { applyEdits, type Edit } from "jsonc-parser";
import * as vscode from "vscode";
import { type ConfigChange, editConfigAll } from "../core/config/configEdit.js";
import { CONFIG_FILE } from "../core/config/configFile.js";
import type { ConfigProblem } from "../core/config/configProblem.js";
import { isEmptyConfig } from "../core/config/configSyntax.js";
import { type FusionConfig, parseFusionConfig } from "../core/config/fusionConfig.js";
import { configUri, rangeIndex } from "./configDiagnostics.js";
import { inWords, reasonOf } from "./inWords.js";
import { plainText } from "./plainText.js";

/** What `fusion.json` says now, in the editor where one has it: nothing yet where the file is missing or empty. */
export interface ConfigDocument {
  readonly uri: vscode.Uri;
  /** `null` where the file is missing. */
  readonly document: vscode.TextDocument | null;
  /** `null` where there are errors. */
  readonly config: FusionConfig | null;
  /** The first error; `null` where there is none. */
  readonly error: ConfigProblem | null;
}

const NOTHING: FusionConfig = { metrics: [], cards: null, alerts: [] };

/** @throws Error where the file is there and cannot be read */
export async function openConfig(folder: vscode.Uri): Promise<ConfigDocument> {
  const uri = configUri(folder);
  if (!(await exists(uri))) return { uri, document: null, config: NOTHING, error: null };
  const document = await vscode.workspace.openTextDocument(uri);
  const text = document.getText();
  if (isEmptyConfig(text)) return { uri, document, config: NOTHING, error: null };
  const { config, problems } = parseFusionConfig(text);
  const error = problems.find(({ severity }) => severity === "error") ?? null;
  return { uri, document, config, error };
}

/** `fusion.json`, if something can be added to it; else the user is shown why not. */
export async function openSoundConfig(folder: vscode.Uri): Promise<ConfigDocument | null> {
  try {
    const config = await openConfig(folder);
    if (config.error === null) return config;
    const { line, message } = config.error;
    await showConfig(config.uri, line);
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        "{0} has an error in line {1}. Mend it, then try again: {2}",
        CONFIG_FILE,
        line,
        plainText(inWords(message)),
      ),
    );
  } catch (error) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t("{0} could not be read: {1}", CONFIG_FILE, plainText(reasonOf(error))),
    );
  }
  return null;
}

/**
 * Puts values into `fusion.json`, all at once for the editor's Undo, and saves it; a file that has unsaved changes of the
 * user's stays unsaved, and one that cannot be saved is shown.
 * @returns whether the file is saved
 * @throws Error where it cannot be changed, or where the file would have an error by it
 */
export async function writeConfig(
  config: ConfigDocument,
  ...changes: readonly ConfigChange[]
): Promise<boolean> {
  return await editDocument(config, (text) => editConfigAll(text, changes));
}

/** As `writeConfig`, for changes of the text. */
export async function editDocument(
  { uri, document }: ConfigDocument,
  change: (text: string) => readonly Edit[],
): Promise<boolean> {
  const text = document?.getText() ?? "";
  const edits = [...change(text)];
  const written = applyEdits(text, edits);
  const wrong = parseFusionConfig(written).problems.find(({ severity }) => severity === "error");
  if (wrong) throw new Error(wrong.message);
  const edit = new vscode.WorkspaceEdit();
  if (document === null) {
    edit.createFile(uri, { contents: new TextEncoder().encode(written) });
  } else {
    const rangeOf = rangeIndex(text);
    for (const each of edits) edit.replace(uri, rangeOf(each), each.content);
  }
  const unsaved = document?.isDirty ?? false;
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new Error(vscode.l10n.t("The file cannot be changed."));
  if (document === null) return true;
  if (unsaved) return false;
  if (await document.save()) return true;
  // VS Code says why; what is unsaved is to be seen.
  await showConfig(uri, document.positionAt(edits[0]?.offset ?? 0).line + 1);
  return false;
}

/** Shows the file at a line, counted from 1, or at its end. */
export async function showConfig(uri: vscode.Uri, line: number | null): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const position = new vscode.Position(Math.max(0, (line ?? document.lineCount) - 1), 0);
  // The panel, where it is in view, stays in view: the file's effect can be watched on it.
  const viewColumn = vscode.window.activeTextEditor ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
  await vscode.window.showTextDocument(document, {
    viewColumn,
    selection: new vscode.Range(position, position),
  });
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return false;
    throw error;
  }
}
