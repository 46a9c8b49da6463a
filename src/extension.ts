import { setImmediate as turnOfOthers } from "node:timers/promises";
import * as vscode from "vscode";
import type { FusionExports } from "../docs/fusion-data-stream.js";
import { StreamAlerts } from "./core/alerts/streamAlerts.js";
import { systemClock } from "./core/clock.js";
import { FollowedHistory } from "./core/history/followedHistory.js";
import { logLine } from "./core/logLine.js";
import { AddedSources } from "./core/sources/addedSources.js";
import { endGit } from "./core/sources/gitCommand.js";
import { stateFolder } from "./core/stateFolder.js";
import { FusionStream } from "./core/stream.js";
import { Board } from "./server/ownership/board.js";
import { ActiveFolder } from "./vscode/activeFolder.js";
import { AlertNotifications } from "./vscode/alertNotifications.js";
import { AlertsView } from "./vscode/alertsView.js";
import { CommandCenter } from "./vscode/commandCenter.js";
import { registerCommands } from "./vscode/commands.js";
import { ConfigDiagnostics } from "./vscode/configDiagnostics.js";
import { ConfigQuickFixes } from "./vscode/configQuickFixes.js";
import { exportedApi } from "./vscode/exportedApi.js";
import { GithubSignIn } from "./vscode/githubSignIn.js";
import { IntervalSetting } from "./vscode/intervalSetting.js";
import { LogFile } from "./vscode/logFile.js";
import { PanelFacts } from "./vscode/panelFacts.js";
import { Privacy } from "./vscode/privacy.js";
import { ServerHost } from "./vscode/serverHost.js";
import { Settings } from "./vscode/settings.js";
import { ShownParts } from "./vscode/shownParts.js";
import { Sidebar } from "./vscode/sidebar.js";
import { StatusBar } from "./vscode/statusBar.js";
import { WindowSeat } from "./vscode/windowSeat.js";

/** What deactivation has to wait for. */
let seat: WindowSeat | null = null;
let server: ServerHost | null = null;
let alerts: StreamAlerts | null = null;
let history: FollowedHistory | null = null;

/**
 * Builds the graph in the order in which data flows: files, stream, and everything that listens to it. Each part in a turn
 * of the host's loop, which all extensions share. VS Code looks for commands, and for who takes up a kept panel, only when
 * this has settled.
 */
export async function activate(context: vscode.ExtensionContext): Promise<FusionExports> {
  const parts = marked("activate", () => beginStream(context));
  await turnOfOthers();
  marked("activate", () => offerCommands(parts));
  // VS Code waits for a view that is in sight already, and other extensions need not wait for ours.
  setImmediate(() => marked("views", () => showViews(parts)));
  const { shown, added, logError } = parts;
  return exportedApi({ stream: shown.stream, added, clock: systemClock, onListenerError: logError });
}

/** The stream of the window's folder, what is kept of it, and what everything after it asks. */
function beginStream(context: vscode.ExtensionContext) {
  const output = vscode.window.createOutputChannel("Fusion");
  const show = (line: string) => output.appendLine(logLine(line));

  const settings = new Settings();
  const activeFolder = new ActiveFolder(context.workspaceState);
  const privacy = new Privacy(context.workspaceState, settings);
  const owned = new Board<vscode.WorkspaceFolder | null>(null);
  const logFile = new LogFile(settings, owned, show);
  const log = (line: string) => {
    show(line);
    logFile.write(line);
  };
  const logError = (error: unknown) => log(`❌ ${String(error)}`);
  const configDiagnostics = new ConfigDiagnostics();
  const github = new GithubSignIn(settings);
  const added = new AddedSources();
  const stream = new FusionStream({ clock: systemClock, log, intervalMinutes: settings.intervalMinutes });
  alerts = new StreamAlerts({
    stream,
    clock: systemClock,
    storage: stateFolder(),
    onListenerError: logError,
  });
  history = new FollowedHistory({
    stream,
    clock: systemClock,
    workerScript: context.asAbsolutePath("dist/core/history/historyWorker.js"),
    retentionDays: () => settings.historyRetentionDays,
    log,
  });
  // What the window shows is its own, or another process' on the same folder.
  const shown = new ShownParts({ stream, alerts, history }, logError);
  const serverHost = new ServerHost({ stream, alerts, history }, settings, log);
  server = serverHost;
  const panelFacts = new PanelFacts();
  const own = { context, stream, alerts, history, configDiagnostics, github, added, logFile, panelFacts };
  const windowSeat = new WindowSeat({ ...own, activeFolder, server, shown, owned, log });
  seat = windowSeat;
  context.subscriptions.push(
    output,
    activeFolder,
    privacy,
    logFile,
    configDiagnostics,
    github,
    stream,
    panelFacts,
  );
  void activeFolder.decide();
  return {
    context,
    output,
    log,
    logError,
    settings,
    activeFolder,
    privacy,
    github,
    added,
    shown,
    server: serverHost,
    panelFacts,
    windowSeat,
  };
}

type WindowParts = ReturnType<typeof beginStream>;

/** What VS Code's user reaches everywhere: the status bar, the panel and the commands. */
function offerCommands(parts: WindowParts): void {
  const { context, shown, server, activeFolder, settings, panelFacts, privacy, windowSeat } = parts;
  const commandCenter = new CommandCenter(
    context.extensionUri,
    shown.stream,
    server,
    activeFolder,
    settings,
    panelFacts,
    privacy,
  );
  context.subscriptions.push(
    new StatusBar(shown.stream, shown.alerts, settings, activeFolder, server, privacy),
    commandCenter,
    registerCommands({
      ...parts,
      stream: shown.stream,
      alerts: shown.alerts,
      history: shown.history,
      seated: () => windowSeat.seated(),
      commandCenter,
    }),
  );
  void activeFolder.decided.then(() => {
    if (settings.openOnStartup) commandCenter.openAtStartup();
  });
}

/** What nobody waits for: the side bar, notifications, what helps in an editor, and the interval's setting. */
function showViews(parts: WindowParts): void {
  const { context, log, shown, server, activeFolder, settings, privacy, windowSeat } = parts;
  const { stream, alerts } = shown;
  const seated = () => windowSeat.seated();
  const speaks = () => windowSeat.speaks;
  context.subscriptions.push(
    new IntervalSetting(settings, stream, log, speaks),
    new AlertNotifications(alerts, settings, privacy, activeFolder, systemClock, speaks),
    new ConfigQuickFixes(),
    new AlertsView(alerts, privacy),
    new Sidebar({ stream, alerts, activeFolder, seated, server, settings, privacy }),
  );
  // What is offered when an extension is installed, VS Code opens by itself: the walkthrough is offered only now.
  void vscode.commands.executeCommand("setContext", "fusion.active", true);
}

/** Marks where a work begins and ends, for whoever wants to know what it takes of the host's loop. */
function marked<T>(name: string, work: () => T): T {
  performance.mark(`fusion/${name}/start`);
  const made = work();
  performance.mark(`fusion/${name}/end`);
  return made;
}

/**
 * Lets go of the folder before the window closes: of the server's port and the history's file, with what is known of
 * alerts kept and no git left running, and then of its place, which another window may take.
 */
export async function deactivate(): Promise<void> {
  await seat?.dispose();
  alerts?.dispose();
  endGit();
  await Promise.all([server?.dispose(), history?.dispose(), alerts?.flushed()]);
}
