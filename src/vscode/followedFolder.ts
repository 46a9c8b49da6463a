import { createHash } from "node:crypto";
import * as vscode from "vscode";
import type { StreamAlerts } from "../core/alerts/streamAlerts.js";
import { systemClock } from "../core/clock.js";
import { FolderSource } from "../core/folderSource.js";
import type { FollowedHistory, HistoryPlace } from "../core/history/followedHistory.js";
import { CheckpointFile } from "../core/sources/checkpointFile.js";
import type { GithubAccess } from "../core/sources/githubAccess.js";
import type { FusionStream } from "../core/stream.js";
import type { ActiveFolder } from "./activeFolder.js";
import { type ConfigDiagnostics, configUri } from "./configDiagnostics.js";
import { folderAt } from "./folderAt.js";
import type { LogFile } from "./logFile.js";
import type { PanelFacts } from "./panelFacts.js";

/** What the manifest's `when` clauses call that the folder has a `fusion.json`. */
const HAS_CONFIG = "fusion.hasConfig";

/** The bundle that evaluates the user's files, within the extension. */
export const EVALUATION_WORKER = "dist/core/sources/evaluationWorker.js";

/** Where VS Code lets the extension keep what it learns of this workspace. */
export function storageOf({ storageUri, globalStorageUri }: vscode.ExtensionContext): vscode.Uri {
  return storageUri ?? globalStorageUri;
}

/** What follows a folder, or has a say in how it is read. */
interface FollowTargets {
  readonly context: vscode.ExtensionContext;
  readonly activeFolder: ActiveFolder;
  readonly stream: FusionStream;
  readonly alerts: StreamAlerts;
  readonly history: FollowedHistory;
  readonly configDiagnostics: ConfigDiagnostics;
  readonly github: GithubAccess;
  readonly logFile: LogFile;
  readonly panelFacts: PanelFacts;
}

/** Has the stream, its alerts and its history follow the active folder, and anew when the workspace gets trusted. */
export function followActiveFolder(targets: FollowTargets): void {
  const { context, activeFolder, stream, alerts, history } = targets;
  let followed: string | null = null;
  const follow = (folder: vscode.WorkspaceFolder | null) => {
    followed = folder?.uri.toString() ?? null;
    targets.panelFacts.forgetConfig();
    history.follow(folder && historyPlace(context, folder));
    if (folder === null) {
      alerts.followNone();
      stream.follow(null);
    } else {
      stream.follow(folderSource(targets, folder));
    }
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
  { context, alerts, configDiagnostics, github, logFile, panelFacts }: FollowTargets,
  folder: vscode.WorkspaceFolder,
): FolderSource {
  const config = configUri(folder.uri);
  const monitor = alerts.follow(folderName(folder), vscode.workspace.isTrusted);
  return new FolderSource({
    folder: folderAt(folder.uri, (file) => logFile.owns(folder.uri, file)),
    clock: systemClock,
    trusted: vscode.workspace.isTrusted,
    workerScript: context.asAbsolutePath(EVALUATION_WORKER),
    checkpoints: new CheckpointFile(storageFile(context, folder, "checkpoints", "json")),
    github,
    onConfig: (loaded) => {
      const { config: declared, document } = loaded;
      monitor.define(declared.alerts);
      panelFacts.takeConfig(loaded);
      if (document) configDiagnostics.show(config, document.text, document.problems);
      else configDiagnostics.clear(config);
      void vscode.commands.executeCommand("setContext", HAS_CONFIG, document !== null);
    },
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
  context: vscode.ExtensionContext,
  folder: vscode.WorkspaceFolder,
  content: string,
  extension: string,
): string {
  return vscode.Uri.joinPath(storageOf(context), `${content}-${folderName(folder)}.${extension}`).fsPath;
}

/** A name for what is kept for a folder. */
function folderName({ uri }: vscode.WorkspaceFolder): string {
  return createHash("sha256").update(uri.toString()).digest("hex").slice(0, 16);
}
