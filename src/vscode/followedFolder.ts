import { createHash } from "node:crypto";
import * as vscode from "vscode";
import { systemClock } from "../core/clock.js";
import { FolderSource } from "../core/folderSource.js";
import { CheckpointFile } from "../core/sources/checkpointFile.js";
import type { FusionStream } from "../core/stream.js";
import type { ActiveFolder } from "./activeFolder.js";
import { type ConfigDiagnostics, configUri } from "./configDiagnostics.js";
import { folderAt } from "./folderAt.js";
import type { LogFile } from "./logFile.js";

/** Has the stream follow the active folder, and anew when the workspace gets trusted. */
export function followActiveFolder(
  context: vscode.ExtensionContext,
  activeFolder: ActiveFolder,
  stream: FusionStream,
  configDiagnostics: ConfigDiagnostics,
  logFile: LogFile,
): void {
  let followed: string | null = null;
  const follow = (folder: vscode.WorkspaceFolder | null) => {
    followed = folder?.uri.toString() ?? null;
    stream.follow(folder && folderSource(context, folder, configDiagnostics, logFile));
  };
  context.subscriptions.push(
    activeFolder.onChange((folder) => {
      if ((folder?.uri.toString() ?? null) !== followed) follow(folder);
    }),
    // What waited for trust begins now.
    vscode.workspace.onDidGrantWorkspaceTrust(() => follow(activeFolder.folder)),
  );
}

function folderSource(
  context: vscode.ExtensionContext,
  folder: vscode.WorkspaceFolder,
  configDiagnostics: ConfigDiagnostics,
  logFile: LogFile,
): FolderSource {
  const config = configUri(folder.uri);
  const storage = context.storageUri ?? context.globalStorageUri;
  const name = createHash("sha256").update(folder.uri.toString()).digest("hex").slice(0, 16);
  return new FolderSource({
    folder: folderAt(folder.uri, (file) => logFile.owns(folder.uri, file)),
    clock: systemClock,
    trusted: vscode.workspace.isTrusted,
    workerScript: context.asAbsolutePath("dist/core/sources/evaluationWorker.js"),
    checkpoints: new CheckpointFile(vscode.Uri.joinPath(storage, `checkpoints-${name}.json`).fsPath),
    onConfig: (document) =>
      document
        ? configDiagnostics.show(config, document.text, document.problems)
        : configDiagnostics.clear(config),
  });
}
