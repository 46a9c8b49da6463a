import * as vscode from "vscode";
import type { HistoryFormat, HistoryRange } from "../protocol/history.js";
import { ownEntry } from "../protocol/ownEntry.js";
import type { FolderHistory, FolderStream } from "../server/ownership/ports.js";
import { writeWhole } from "./historyFile.js";
import { pickHistoryRange } from "./historyRangePicker.js";
import { reasonOf } from "./inWords.js";
import { plainItem, plainText } from "./plainText.js";

/** What to export and where to; what a keybinding or another extension leaves out is asked for. */
interface ExportOptions {
  readonly uri: vscode.Uri;
  readonly format: HistoryFormat;
  readonly range: HistoryRange;
  /** Ids; `null` for all. */
  readonly metrics: readonly string[] | null;
}

/** Asks what to export, and writes it to a file. */
export async function exportHistory(
  history: FolderHistory,
  stream: FolderStream,
  given: unknown,
): Promise<void> {
  try {
    const options = await chosen(history, stream, (given ?? {}) as Partial<ExportOptions>);
    if (options && (await write(history, options))) void tellWhere(options.uri);
  } catch (error) {
    const reason = reasonOf(error);
    void vscode.window.showErrorMessage(
      vscode.l10n.t("The history could not be exported: {0}", plainText(reason)),
    );
  }
}

async function chosen(
  history: FolderHistory,
  stream: FolderStream,
  given: Partial<ExportOptions>,
): Promise<ExportOptions | undefined> {
  const metrics = given.metrics === undefined ? await pickMetrics(history, stream) : given.metrics;
  if (metrics === undefined) return undefined;
  const range = given.range ?? (await pickHistoryRange());
  const format = range && (given.format ?? (await pickFormat()));
  const uri = format && (given.uri ?? (await askTarget(format)));
  return uri && { metrics, range, format, uri };
}

async function pickMetrics(
  history: FolderHistory,
  stream: FolderStream,
): Promise<readonly string[] | null | undefined> {
  const present = stream.latest?.metrics ?? {};
  const items = (await history.metrics()).map((id) =>
    plainItem({
      id,
      label: ownEntry(present, id)?.label ?? id,
      description: id,
      picked: true,
    }),
  );
  const title = vscode.l10n.t("Export history: which metrics?");
  const picked = await vscode.window.showQuickPick(items, { title, canPickMany: true });
  if (!picked || picked.length === 0) return undefined;
  return picked.length === items.length ? null : picked.map(({ id }) => id);
}

async function pickFormat(): Promise<HistoryFormat | undefined> {
  const items = [
    { format: "csv", label: "CSV", detail: vscode.l10n.t("For spreadsheets: a row for each change") },
    { format: "json", label: "JSON", detail: vscode.l10n.t("For programs: an object for each change") },
  ] as const;
  const title = vscode.l10n.t("Export history: which format?");
  return (await vscode.window.showQuickPick(items, { title }))?.format;
}

async function askTarget(format: HistoryFormat): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `fusion-history-${new Date().toISOString().slice(0, 10)}.${format}`;
  return await vscode.window.showSaveDialog({
    filters: { [format.toUpperCase()]: [format] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

/** @returns whether all was written: a cancelled export leaves nothing behind */
async function write(
  history: FolderHistory,
  { range, format, metrics, uri }: ExportOptions,
): Promise<boolean> {
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t("Exporting history"),
    cancellable: true,
  };
  return await vscode.window.withProgress(progress, async (_, cancellation) => {
    async function* pieces() {
      for await (const piece of history.export(range, format, metrics)) {
        if (cancellation.isCancellationRequested) throw new vscode.CancellationError();
        yield piece;
      }
    }
    try {
      await writeWhole(uri, pieces());
      return true;
    } catch (error) {
      if (error instanceof vscode.CancellationError) return false;
      throw error;
    }
  });
}

async function tellWhere(uri: vscode.Uri): Promise<void> {
  const [open, reveal] = [vscode.l10n.t("Open"), vscode.l10n.t("Reveal")];
  const message = vscode.l10n.t("The history is in {0}.", plainText(vscode.workspace.asRelativePath(uri)));
  const answer = await vscode.window.showInformationMessage(message, open, reveal);
  if (answer === open) await vscode.commands.executeCommand("vscode.open", uri);
  if (answer === reveal) await vscode.commands.executeCommand("revealFileInOS", uri);
}
