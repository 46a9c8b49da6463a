import * as vscode from "vscode";
import type { PastValues } from "../core/alerts/pastValues.js";
import { concealedSnapshot } from "../protocol/concealment.js";
import { isInterval, MAX_INTERVAL_MINUTES, MIN_INTERVAL_MINUTES } from "../protocol/interval.js";
import { ownEntry } from "../protocol/ownEntry.js";
import type { Snapshot } from "../protocol/snapshot.js";
import type { FolderAlerts, FolderHistory, FolderStream } from "../server/ownership/ports.js";
import type { ActiveFolder } from "./activeFolder.js";
import type { MetricStart } from "./addMetric.js";
import { isAlert, muteAlert, snoozeAlert, unmuteAlert } from "./alertCommands.js";
import { OPEN_ALERT } from "./alertsView.js";
import { copyClientConnection, reachableTokens } from "./clientConnection.js";
import type { CommandCenter } from "./commandCenter.js";
import { configUri } from "./configDiagnostics.js";
import { EVALUATION_WORKER } from "./followedFolder.js";
import type { GithubSignIn } from "./githubSignIn.js";
import { exportHistory } from "./historyExport.js";
import { importHistory } from "./historyImport.js";
import { pickInterval } from "./intervalPicker.js";
import { inWords, reasonOf } from "./inWords.js";
import type { PanelFacts } from "./panelFacts.js";
import { plainText } from "./plainText.js";
import type { Privacy } from "./privacy.js";
import { revokeAllTokens } from "./revokeAllTokens.js";
import { openSampleWorkspace } from "./sampleWorkspace.js";
import type { ServerHost } from "./serverHost.js";
import type { Settings } from "./settings.js";
import { openLocation } from "./sourceLocation.js";
import { nameAmongSame } from "./sourceNames.js";

/** Changes of a metric that the preview of an alert looks at. */
const PREVIEW_POINTS = 50_000;

export interface CommandTargets {
  readonly context: vscode.ExtensionContext;
  readonly output: vscode.OutputChannel;
  readonly stream: FolderStream;
  readonly alerts: FolderAlerts;
  readonly history: FolderHistory;
  readonly activeFolder: ActiveFolder;
  /** Settles when it is known which process has the active folder's stream. */
  readonly seated: () => Promise<void>;
  readonly server: ServerHost;
  readonly commandCenter: CommandCenter;
  readonly panelFacts: PanelFacts;
  readonly settings: Settings;
  readonly privacy: Privacy;
  readonly github: GithubSignIn;
}

/** Registers every command of the manifest. */
export function registerCommands(targets: CommandTargets): vscode.Disposable {
  const { context, output, stream, history, activeFolder, server, commandCenter, github } = targets;
  const commands: Readonly<Record<string, (...args: unknown[]) => unknown>> = {
    "fusion.openCommandCenter": () => commandCenter.open(),
    "fusion.refresh": () => withStream(targets, () => refresh(stream)),
    "fusion.setInterval": (minutes) => changeInterval(stream, minutes),
    "fusion.showLog": () => output.show(true),
    "fusion.addAlert": (metric) => withStream(targets, () => beginAlert(targets, metric)),
    "fusion.addMetric": (uri) => beginMetric(targets, { kind: "file", given: uri }),
    "fusion.countFiles": (uri) => beginMetric(targets, { kind: "folder", given: uri }),
    "fusion.countLines": () => beginMetric(targets, { kind: "selection", use: "count" }),
    "fusion.useNumber": () => beginMetric(targets, { kind: "selection", use: "number" }),
    "fusion.copyConnection": () => withFolder(targets, () => copyClientConnection(server)),
    "fusion.manageTokens": () => withFolder(targets, () => beginTokens(server, stream)),
    "fusion.revokeAllTokens": () => withFolder(targets, () => revokeAll(server)),
    "fusion.exportHistory": (options) => withStream(targets, () => exportHistory(history, stream, options)),
    "fusion.importHistory": (uri) =>
      withStream(targets, () => importHistory(history, targets.panelFacts, output, uri)),
    "fusion.openSample": () => openSampleWorkspace(context),
    "fusion.signInToGitHub": () => github.signIn(),
    "fusion.snoozeAlert": (alert) => snoozeAlert(targets, alert),
    "fusion.muteAlert": (alert) => muteAlert(targets, alert),
    "fusion.unmuteAlert": (alert) => unmuteAlert(targets, alert),
    "fusion.pinMetric": () => withStream(targets, () => pinMetric(targets)),
    "fusion.showInStatusBar": (metric) => showInStatusBar(targets, metric),
    "fusion.showTrend": (metric) => showTrend(targets, metric),
    "fusion.openMetric": (metric) => openMetric(targets, metric),
    "fusion.openSource": (source) => openSource(targets, source),
    "fusion.togglePrivacy": () => targets.privacy.toggle(),
    [OPEN_ALERT]: (alert) => openAlert(targets, alert),
    "fusion.openConfig": () => openConfig(activeFolder),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run)),
  );
}

/** Opens what an alert's metric is read from; the Command Center where that is no file. */
function openAlert(targets: CommandTargets, alert: unknown): Promise<void> {
  return openMetric(targets, isAlert(alert) ? alert.metric : null);
}

/** @param metric id passed by a view's row; opens what it is read from, or the Command Center where that is no file */
async function openMetric({ stream, activeFolder, commandCenter }: CommandTargets, metric: unknown) {
  const source = typeof metric === "string" ? ownEntry(stream.latest?.metrics ?? {}, metric)?.source : null;
  const { folder } = activeFolder;
  if (folder && source) await openLocation(folder.uri, source);
  else await commandCenter.open();
}

/** @param source id passed by a view's row; opens it where it is a file that the stream reads */
async function openSource({ stream, activeFolder }: CommandTargets, source: unknown): Promise<void> {
  const { folder } = activeFolder;
  const known = (await stream.sourceFigures()).find(
    (figures) => figures.kind === "file" && (figures.name === source || nameAmongSame(figures) === source),
  );
  if (folder && known) await openLocation(folder.uri, { file: known.name, line: null });
}

/** @param metric id passed by a view's row; without one, the Command Center has them all */
async function showTrend({ commandCenter }: CommandTargets, metric: unknown): Promise<void> {
  if (typeof metric === "string") await commandCenter.showTrend(metric);
  else await commandCenter.open();
}

async function openConfig({ folder }: ActiveFolder): Promise<void> {
  if (folder) await vscode.window.showTextDocument(configUri(folder.uri));
}

/** @param metric id passed by a view's row */
async function showInStatusBar({ stream, settings }: CommandTargets, metric: unknown): Promise<void> {
  if (typeof metric === "string" && Object.hasOwn(stream.latest?.metrics ?? {}, metric)) {
    await settings.writeStatusBar(metric, settings.statusBarFormat);
  }
}

async function pinMetric({ stream, settings, privacy }: CommandTargets): Promise<void> {
  const latest = stream.latest ?? (await refresh(stream));
  if (latest === null) return;
  const { pickStatusBar } = await import("./statusBarPicker.js");
  await pickStatusBar(privacy.isOn ? concealedSnapshot(latest) : latest, settings);
}

async function beginTokens(host: ServerHost, stream: FolderStream): Promise<void> {
  const desk = await reachableTokens(host);
  if (desk === null) return;
  const { manageTokens } = await import("./manageTokens.js");
  await manageTokens(desk, () => stream.latest?.metrics ?? {});
}

async function revokeAll(host: ServerHost): Promise<void> {
  const desk = await reachableTokens(host);
  if (desk) await revokeAllTokens(desk);
}

/** @param metric id passed by a card, a keybinding or another extension; asked for where there is none */
async function beginAlert(targets: CommandTargets, metric: unknown): Promise<void> {
  const { stream, history, privacy } = targets;
  const { folder } = targets.activeFolder;
  if (folder === null) return;
  const snapshot = stream.latest ?? (await refresh(stream));
  if (snapshot === null) return;
  // Its questions need the parser of fusion.json, which is not loaded before.
  const { addAlert } = await import("./addAlert.js");
  const target = { folder: folder.uri, snapshot, concealed: privacy.isOn, pastValues: pastOf(history) };
  await addAlert(target, metric);
}

function beginMetric(targets: CommandTargets, start: MetricStart) {
  const { context, activeFolder, commandCenter } = targets;
  return withFolder(targets, async () => {
    // Its questions need the parser of fusion.json, which is not loaded before.
    const { addMetric } = await import("./addMetric.js");
    const workerScript = context.asAbsolutePath(EVALUATION_WORKER);
    await addMetric({ activeFolder, commandCenter, workerScript }, start);
  });
}

/** The past as the preview of an alert wants it: close enough that no firing is missed. */
function pastOf(history: FolderHistory): PastValues {
  return {
    query: async (metric, from, to) => {
      const [{ points }, gaps] = await Promise.all([
        history.query({ metric, from, to, points: PREVIEW_POINTS }),
        history.gaps({ from, to }),
      ]);
      return { values: points, gaps };
    },
  };
}

/** Does what needs a folder; where there is none, says so. */
async function withFolder<T>(
  { activeFolder, seated }: CommandTargets,
  work: () => Promise<T>,
): Promise<T | undefined> {
  await activeFolder.decided;
  await seated();
  if (activeFolder.folder !== null) return await work();
  void vscode.window.showInformationMessage(
    vscode.l10n.t("Open a folder first: Fusion reads its data files."),
  );
  return undefined;
}

/** Does what needs a folder's stream; where the process that has it cannot be asked, says why. */
function withStream<T>(targets: CommandTargets, work: () => Promise<T>): Promise<T | undefined> {
  return withFolder(targets, async () => {
    const { isChosen, error } = targets.server;
    if (isChosen || error === null) return await work();
    void vscode.window.showWarningMessage(inWords(error));
    return undefined;
  });
}

/** A new snapshot; `null` where there can be none now, and the user is told why. */
async function refresh(stream: FolderStream): Promise<Snapshot | null> {
  const progress = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t("Refreshing Fusion") };
  try {
    return await vscode.window.withProgress(progress, () => stream.refresh());
  } catch (error) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t("Fusion could not refresh: {0}", plainText(reasonOf(error))),
    );
    return null;
  }
}

/** @param requested minutes passed by a keybinding or another extension; asked for where there is none */
async function changeInterval(stream: FolderStream, requested: unknown): Promise<void> {
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
