import * as vscode from "vscode";
import { StreamAlerts } from "./core/alerts/streamAlerts.js";
import { systemClock } from "./core/clock.js";
import { FollowedHistory } from "./core/history/followedHistory.js";
import { endGit } from "./core/sources/gitCommand.js";
import { FusionStream } from "./core/stream.js";
import { ActiveFolder } from "./vscode/activeFolder.js";
import { AlertNotifications } from "./vscode/alertNotifications.js";
import { AlertsView } from "./vscode/alertsView.js";
import { CommandCenter } from "./vscode/commandCenter.js";
import { registerCommands } from "./vscode/commands.js";
import { ConfigDiagnostics } from "./vscode/configDiagnostics.js";
import { ConfigQuickFixes } from "./vscode/configQuickFixes.js";
import { followActiveFolder, storageOf } from "./vscode/followedFolder.js";
import { GithubSignIn } from "./vscode/githubSignIn.js";
import { IntervalSetting } from "./vscode/intervalSetting.js";
import { LogFile } from "./vscode/logFile.js";
import { PanelFacts } from "./vscode/panelFacts.js";
import { ServerHost } from "./vscode/serverHost.js";
import { Settings } from "./vscode/settings.js";
import { StatusBar } from "./vscode/statusBar.js";

/** What deactivation has to wait for. */
let server: ServerHost | null = null;
let alerts: StreamAlerts | null = null;
let history: FollowedHistory | null = null;

/** Builds the graph in the order in which data flows: files, stream, and everything that listens to it. */
export function activate(context: vscode.ExtensionContext): void {
  performance.mark("fusion/activate/start");
  const output = vscode.window.createOutputChannel("Fusion");
  const show = (line: string) => output.appendLine(line);

  const settings = new Settings();
  const activeFolder = new ActiveFolder(context.workspaceState);
  const logFile = new LogFile(settings, activeFolder, show);
  const log = (line: string) => {
    show(line);
    logFile.write(line);
  };
  const configDiagnostics = new ConfigDiagnostics();
  const configQuickFixes = new ConfigQuickFixes();
  const github = new GithubSignIn(settings);
  const stream = new FusionStream({ clock: systemClock, log, intervalMinutes: settings.intervalMinutes });
  alerts = new StreamAlerts({
    stream,
    clock: systemClock,
    storage: storageOf(context).fsPath,
    onListenerError: (error) => log(`❌ ${String(error)}`),
  });
  history = new FollowedHistory({
    stream,
    clock: systemClock,
    workerScript: context.asAbsolutePath("dist/core/history/historyWorker.js"),
    retentionDays: () => settings.historyRetentionDays,
    log,
  });
  const intervalSetting = new IntervalSetting(settings, stream, log);
  server = new ServerHost({ stream, alerts, history }, settings, context.secrets, log);
  const statusBar = new StatusBar(stream, alerts, settings, activeFolder, server);
  const notifications = new AlertNotifications(alerts, settings, systemClock);
  const alertsView = new AlertsView(alerts);
  const panelFacts = new PanelFacts();
  const commandCenter = new CommandCenter(
    context.extensionUri,
    stream,
    server,
    activeFolder,
    settings,
    panelFacts,
  );
  const targets = {
    context,
    output,
    stream,
    alerts,
    history,
    activeFolder,
    server,
    commandCenter,
    panelFacts,
    github,
  };
  const commands = registerCommands(targets);
  context.subscriptions.push(
    output,
    activeFolder,
    logFile,
    configDiagnostics,
    configQuickFixes,
    github,
    stream,
    intervalSetting,
    statusBar,
    notifications,
    alertsView,
    panelFacts,
    commandCenter,
    commands,
  );

  followActiveFolder({ ...targets, configDiagnostics, logFile });
  serveAfterFirstSnapshot(context, stream, server, log);
  void activeFolder.decide().then(() => {
    if (settings.openOnStartup) commandCenter.openAtStartup();
  });
  performance.mark("fusion/activate/end");
}

/**
 * Lets go of the server's port and the history's file, leaves no program running, and keeps what is known of alerts, before
 * the window closes.
 */
export async function deactivate(): Promise<void> {
  alerts?.dispose();
  endGit();
  await Promise.all([server?.dispose(), history?.dispose(), alerts?.flushed()]);
}

/** The first number must not wait for the server, which other programs need, but not this second. */
function serveAfterFirstSnapshot(
  context: vscode.ExtensionContext,
  stream: FusionStream,
  host: ServerHost,
  log: (line: string) => void,
): void {
  const subscription = stream.onSnapshot(() => {
    subscription.dispose();
    if (vscode.workspace.isTrusted)
      setImmediate(() => host.ensure().catch((error) => log(`❌ ${String(error)}`)));
  });
  context.subscriptions.push(subscription);
}
