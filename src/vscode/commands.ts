import * as vscode from "vscode";
import type { PastValues } from "../core/alerts/pastValues.js";
import type { FusionStream } from "../core/stream.js";
import { isInterval, MAX_INTERVAL_MINUTES, MIN_INTERVAL_MINUTES } from "../protocol/interval.js";
import type { ActiveFolder } from "./activeFolder.js";
import { copyClientConnection } from "./clientConnection.js";
import type { CommandCenter } from "./commandCenter.js";
import type { GithubSignIn } from "./githubSignIn.js";
import { pickInterval } from "./intervalPicker.js";
import { openSampleWorkspace } from "./sampleWorkspace.js";
import type { ServerHost } from "./serverHost.js";

export interface CommandTargets {
  readonly context: vscode.ExtensionContext;
  readonly output: vscode.OutputChannel;
  readonly stream: FusionStream;
  readonly activeFolder: ActiveFolder;
  readonly server: ServerHost;
  readonly commandCenter: CommandCenter;
  readonly github: GithubSignIn;
  readonly pastValues: PastValues;
}

/** Registers every command of the manifest. */
export function registerCommands(targets: CommandTargets): vscode.Disposable {
  const { context, output, stream, activeFolder, server, commandCenter, github, pastValues } = targets;
  const commands: Readonly<Record<string, (...args: unknown[]) => unknown>> = {
    "fusion.openCommandCenter": () => commandCenter.open(),
    "fusion.refresh": () => refresh(stream, activeFolder),
    "fusion.setInterval": (minutes) => changeInterval(stream, minutes),
    "fusion.showLog": () => output.show(true),
    "fusion.addAlert": (metric) => beginAlert(stream, activeFolder, pastValues, metric),
    "fusion.copyConnection": () => copyClientConnection(server),
    "fusion.openSample": () => openSampleWorkspace(context),
    "fusion.signInToGitHub": () => github.signIn(),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run)),
  );
}

/** @param metric id passed by a card, a keybinding or another extension; asked for where there is none */
async function beginAlert(
  stream: FusionStream,
  activeFolder: ActiveFolder,
  pastValues: PastValues,
  metric: unknown,
): Promise<void> {
  await activeFolder.decided;
  if (activeFolder.folder === null) return askForFolder();
  const snapshot = stream.latest ?? (await stream.refresh());
  // Its questions need the parser of fusion.json, which is not loaded before.
  const { addAlert } = await import("./addAlert.js");
  await addAlert({ folder: activeFolder.folder.uri, snapshot, pastValues }, metric);
}

function askForFolder(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t("Open a folder first: Fusion reads its data files."),
  );
}

async function refresh(stream: FusionStream, activeFolder: ActiveFolder): Promise<void> {
  await activeFolder.decided;
  if (activeFolder.folder === null) return askForFolder();
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
