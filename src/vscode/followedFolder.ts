import { createHash } from "node:crypto";
import * as vscode from "vscode";
import { systemClock } from "../core/clock.js";
import { FolderSource } from "../core/folderSource.js";
import type { FollowedHistory, HistoryPlace } from "../core/history/followedHistory.js";
import { CheckpointFile } from "../core/sources/checkpointFile.js";
import type { GithubAccess } from "../core/sources/githubAccess.js";
import type { FusionStream } from "../core/stream.js";
import type { ActiveFolder } from "./activeFolder.js";
import { type ConfigDiagnostics, configUri } from "./configDiagnostics.js";
import { folderAt } from "./folderAt.js";

/** Has the stream follow the active folder, and anew when the workspace gets trusted. */
export function followActiveFolder(
  context: vscode.ExtensionContext,
  activeFolder: ActiveFolder,
  stream: FusionStream,
  history: FollowedHistory,
  configDiagnostics: ConfigDiagnostics,
  github: GithubAccess,
): void {
  let followed: string | null = null;
  const follow = (folder: vscode.WorkspaceFolder | null) => {
    followed = folder?.uri.toString() ?? null;
    history.follow(folder && historyPlace(context, folder));
    stream.follow(folder && folderSource(context, folder, configDiagnostics, github));
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
  github: GithubAccess,
): FolderSource {
  const config = configUri(folder.uri);
  return new FolderSource({
    folder: folderAt(folder.uri),
    clock: systemClock,
    trusted: vscode.workspace.isTrusted,
    workerScript: context.asAbsolutePath("dist/core/sources/evaluationWorker.js"),
    checkpoints: new CheckpointFile(storageFile(context, folder, "checkpoints", "json")),
    github,
    onConfig: (document) =>
      document
        ? configDiagnostics.show(config, document.text, document.problems)
        : configDiagnostics.clear(config),
  });
}

function historyPlace(context: vscode.ExtensionContext, folder: vscode.WorkspaceFolder): HistoryPlace {
  const { scheme, fsPath } = folder.uri;
  return {
    file: storageFile(context, folder, "history", "sqlite"),
    repository: vscode.workspace.isTrusted && scheme === "file" ? fsPath : null,
  };
}

/** The path of a file that is kept for a folder, in the extension's own storage. */
function storageFile(
  { storageUri, globalStorageUri }: vscode.ExtensionContext,
  { uri }: vscode.WorkspaceFolder,
  content: string,
  extension: string,
): string {
  const name = createHash("sha256").update(uri.toString()).digest("hex").slice(0, 16);
  return vscode.Uri.joinPath(storageUri ?? globalStorageUri, `${content}-${name}.${extension}`).fsPath;
}
