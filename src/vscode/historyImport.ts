import { extname } from "node:path";
import * as vscode from "vscode";
import type { HistoryFormat, HistoryImport } from "../protocol/history.js";
import type { FolderHistory } from "../server/ownership/ports.js";
import { readPieces } from "./historyFile.js";
import { inWords, reasonOf } from "./inWords.js";
import type { PanelFacts } from "./panelFacts.js";
import { plainText } from "./plainText.js";
import { writtenNumber } from "./writtenNumber.js";

const FORMATS: Readonly<Record<string, HistoryFormat>> = { ".csv": "csv", ".json": "json" };

/**
 * Takes an exported file back in, and tells what was new in it.
 * @param given the file's address, from a keybinding or another extension; asked for where there is none
 * @returns what was done; `undefined` where nothing was, or not all
 */
export async function importHistory(
  history: FolderHistory,
  facts: Pick<PanelFacts, "historyGrew">,
  output: vscode.OutputChannel,
  given: unknown,
): Promise<HistoryImport | undefined> {
  const uri = given instanceof vscode.Uri ? given : await askSource();
  if (!uri) return undefined;
  const format = FORMATS[extname(uri.path).toLowerCase()];
  if (!format) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t("A history is imported from a file that ends in .csv or .json."),
    );
    return undefined;
  }
  try {
    const report = await read(history, uri, format);
    void tell(report, uri, output);
    return report;
  } catch (error) {
    if (error instanceof vscode.CancellationError) return undefined;
    const reason = reasonOf(error);
    void vscode.window.showErrorMessage(
      vscode.l10n.t("The history could not be imported: {0}", plainText(reason)),
    );
    return undefined;
  } finally {
    // One that failed or was cancelled may have added something, too.
    facts.historyGrew();
  }
}

async function askSource(): Promise<vscode.Uri | undefined> {
  const label = vscode.l10n.t("Fusion history");
  const picked = await vscode.window.showOpenDialog({ filters: { [label]: ["csv", "json"] } });
  return picked?.[0];
}

/** @throws vscode.CancellationError where it was cancelled: what was read by then stays, and can be read again */
async function read(history: FolderHistory, uri: vscode.Uri, format: HistoryFormat): Promise<HistoryImport> {
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t("Importing history"),
    cancellable: true,
  };
  return await vscode.window.withProgress(progress, async (_, cancellation) => {
    async function* pieces() {
      for await (const piece of readPieces(uri)) {
        if (cancellation.isCancellationRequested) throw new vscode.CancellationError();
        yield piece;
      }
    }
    return await history.import(pieces(), format);
  });
}

async function tell(
  { added, known, refused, refusals }: HistoryImport,
  uri: vscode.Uri,
  output: vscode.OutputChannel,
): Promise<void> {
  const done =
    added === 0
      ? vscode.l10n.t("Nothing new. Rows known already: {0}.", writtenNumber(known))
      : vscode.l10n.t(
          "Imported new rows: {0}; known already: {1}.",
          writtenNumber(added),
          writtenNumber(known),
        );
  if (refused === 0) {
    void vscode.window.showInformationMessage(done);
    return;
  }
  const name = vscode.workspace.asRelativePath(uri);
  for (const { line, reason } of refusals) output.appendLine(`⚠️ ${name}, line ${line}: ${reason}`);
  const [first] = refusals;
  const detail = vscode.l10n.t(
    "Lines refused: {0}; line {1}: {2}",
    writtenNumber(refused),
    writtenNumber(first?.line ?? 0),
    inWords(first?.reason ?? ""),
  );
  const showLog = vscode.l10n.t("Show Log");
  if ((await vscode.window.showWarningMessage(plainText(`${done} ${detail}`), showLog)) === showLog)
    output.show(true);
}
