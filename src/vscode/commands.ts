import * as vscode from "vscode";
import type { FollowedHistory } from "../core/history/followedHistory.js";
import type { FusionStream } from "../core/stream.js";
import { isInterval, MAX_INTERVAL_MINUTES, MIN_INTERVAL_MINUTES } from "../protocol/interval.js";
import type { ActiveFolder } from "./activeFolder.js";
import { copyClientConnection } from "./clientConnection.js";
import type { CommandCenter } from "./commandCenter.js";
import type { GithubSignIn } from "./githubSignIn.js";
import { exportHistory } from "./historyExport.js";
import { importHistory } from "./historyImport.js";
import { pickInterval } from "./intervalPicker.js";
import { openSampleWorkspace } from "./sampleWorkspace.js";
import type { ServerHost } from "./serverHost.js";

export interface CommandTargets {
  readonly context: vscode.ExtensionContext;
  readonly output: vscode.OutputChannel;
  readonly stream: FusionStream;
  readonly history: FollowedHistory;
  readonly activeFolder: ActiveFolder;
  readonly server: ServerHost;
  readonly commandCenter: CommandCenter;
  readonly github: GithubSignIn;
}

/** Registers every command of the manifest. */
export function registerCommands(targets: CommandTargets): vscode.Disposable {
  const { context, output, stream, history, activeFolder, server, commandCenter, github } = targets;
  const commands: Readonly<Record<string, (...args: unknown[]) => unknown>> = {
    "fusion.openCommandCenter": () => commandCenter.open(),
    "fusion.refresh": () => withFolder(activeFolder, () => refresh(stream)),
    "fusion.setInterval": (minutes) => changeInterval(stream, minutes),
    "fusion.showLog": () => output.show(true),
    "fusion.copyConnection": () => copyClientConnection(server),
    "fusion.exportHistory": (options) =>
      withFolder(activeFolder, () => exportHistory(history, stream, options)),
    "fusion.importHistory": (uri) => withFolder(activeFolder, () => importHistory(history, output, uri)),
    "fusion.openSample": () => openSampleWorkspace(context),
    "fusion.signInToGitHub": () => github.signIn(),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run)),
  );
}

/** Does what needs a folder; where there is none, says so. */
async function withFolder<T>(activeFolder: ActiveFolder, work: () => Promise<T>): Promise<T | undefined> {
  await activeFolder.decided;
  if (activeFolder.folder !== null) return await work();
  void vscode.window.showInformationMessage(
    vscode.l10n.t("Open a folder first: Fusion reads its data files."),
  );
  return undefined;
}

async function refresh(stream: FusionStream): Promise<void> {
  const progress = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t("Refreshing Fusion") };
  try {
    await vscode.window.withProgress(progress, () => stream.refresh());
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t("Fusion could not refresh: {0}", String(error)));
  }
}

/** @param requested minutes passed by a keybinding or another extension; asked for where there is none */
async function changeInterval(stream: FusionStream, requested: unknown): Promise<void> {
  const minutes = requested ?? (await pickInterval(stream.status().interval.minutes));
  if (minutes === undefined) return;
  if (!isInterval(minutes)) {
    const range = [MIN_INTERVAL_MINUTES, MAX_INTERVAL_MINUTES] as const;
    void vscode.window.showErrorMessage(
      vscode.l10n.t("The update interval is {0} to {1} minutes.", ...range),
    );
    return;
  }
  stream.setInterval(minutes);
}
