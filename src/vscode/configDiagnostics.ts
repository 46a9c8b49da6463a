import * as vscode from "vscode";
import { CONFIG_FILE } from "../core/config/configFile.js";
import { type ConfigProblem, positionIndex, type Span } from "../core/config/configProblem.js";
import { inWords } from "./inWords.js";

/** Names the extension in the list of problems. */
export const DIAGNOSTIC_SOURCE = "Fusion";

/** The squiggles of `fusion.json` at each workspace folder's root: of the text in the editor, else of the file on disk. */
export class ConfigDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection("fusion");
  /** What files on disk show when no editor has them. */
  private readonly onDisk = new Map<string, readonly vscode.Diagnostic[]>();
  private readonly subscriptions: readonly vscode.Disposable[];
  private disposed = false;

  constructor() {
    this.subscriptions = [
      this.collection,
      vscode.workspace.onDidOpenTextDocument((document) => void this.check(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => void this.check(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.showDisk(document.uri)),
      vscode.workspace.onDidChangeWorkspaceFolders(({ removed }) => {
        for (const { uri } of removed) this.clear(configUri(uri));
        this.checkAll();
      }),
    ];
    this.checkAll();
  }

  /** Shows what is wrong with the file on disk. While an editor has it, the editor's own text counts. */
  show(uri: vscode.Uri, text: string, problems: readonly ConfigProblem[]): void {
    this.onDisk.set(uri.toString(), diagnosticsOf(text, problems));
    if (!isOpen(uri)) this.showDisk(uri);
  }

  /** The file is gone, or its folder no longer followed. */
  clear(uri: vscode.Uri): void {
    // A window that closes lets go of its folder last.
    if (this.disposed) return;
    this.onDisk.delete(uri.toString());
    if (!isOpen(uri) || !isConfigUri(uri)) this.collection.delete(uri);
  }

  dispose(): void {
    this.disposed = true;
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private checkAll(): void {
    for (const document of vscode.workspace.textDocuments) void this.check(document);
  }

  private showDisk(uri: vscode.Uri): void {
    if (!isConfigUri(uri)) return;
    this.collection.set(uri, this.onDisk.get(uri.toString()) ?? []);
  }

  private async check(document: vscode.TextDocument): Promise<void> {
    if (!isConfigUri(document.uri)) return;
    // The parser is loaded with the first such file.
    const { parseFusionConfig } = await import("../core/config/fusionConfig.js");
    if (this.disposed || document.isClosed) return;
    const text = document.getText();
    this.collection.set(document.uri, diagnosticsOf(text, parseFusionConfig(text).problems));
  }
}

/** Where the configuration of a workspace folder stands. */
export function configUri(folder: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(folder, CONFIG_FILE);
}

/** Whether this is the `fusion.json` at the root of one of the workspace's folders. */
export function isConfigUri(uri: vscode.Uri): boolean {
  const written = uri.toString();
  return (vscode.workspace.workspaceFolders ?? []).some(
    (folder) => configUri(folder.uri).toString() === written,
  );
}

/** Tells the range of a stretch of the text. */
export function rangeIndex(text: string): (span: Span) => vscode.Range {
  const position = positionIndex(text);
  const at = (offset: number) => {
    const { line, column } = position(offset);
    return new vscode.Position(line - 1, column - 1);
  };
  return ({ offset, length }) => new vscode.Range(at(offset), at(offset + length));
}

function diagnosticsOf(text: string, problems: readonly ConfigProblem[]): vscode.Diagnostic[] {
  const rangeOf = rangeIndex(text);
  return problems.map((problem) => {
    const severity =
      problem.severity === "error" ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
    const diagnostic = new vscode.Diagnostic(rangeOf(problem), inWords(problem.message), severity);
    diagnostic.source = DIAGNOSTIC_SOURCE;
    return diagnostic;
  });
}

function isOpen(uri: vscode.Uri): boolean {
  const written = uri.toString();
  return vscode.workspace.textDocuments.some((document) => document.uri.toString() === written);
}
