import * as vscode from "vscode";
import type { PastValues } from "./core/alerts/pastValues.js";
import { systemClock } from "./core/clock.js";
import { FusionStream } from "./core/stream.js";
import { ActiveFolder } from "./vscode/activeFolder.js";
import { CommandCenter } from "./vscode/commandCenter.js";
import { registerCommands } from "./vscode/commands.js";
import { ConfigDiagnostics } from "./vscode/configDiagnostics.js";
import { ConfigQuickFixes } from "./vscode/configQuickFixes.js";
import { followActiveFolder } from "./vscode/followedFolder.js";
import { GithubSignIn } from "./vscode/githubSignIn.js";
import { IntervalSetting } from "./vscode/intervalSetting.js";
import { ServerHost } from "./vscode/serverHost.js";
import { Settings } from "./vscode/settings.js";
import { StatusBar } from "./vscode/statusBar.js";

/** Nothing keeps the past yet. */
const NO_PAST: PastValues = { query: () => Promise.resolve([]) };

/** What deactivation has to wait for. */
let server: ServerHost | null = null;

/** Builds the graph in the order in which data flows: files, stream, and everything that listens to it. */
export function activate(context: vscode.ExtensionContext): void {
  performance.mark("fusion/activate/start");
  const output = vscode.window.createOutputChannel("Fusion");
  const log = (line: string) => output.appendLine(line);

  const settings = new Settings();
  const activeFolder = new ActiveFolder(context.workspaceState);
  const configDiagnostics = new ConfigDiagnostics();
  const configQuickFixes = new ConfigQuickFixes();
  const github = new GithubSignIn(settings);
  const stream = new FusionStream({ clock: systemClock, log, intervalMinutes: settings.intervalMinutes });
  const intervalSetting = new IntervalSetting(settings, stream, log);
  server = new ServerHost(stream, settings, context.secrets, log);
  const statusBar = new StatusBar(stream, settings, activeFolder, server);
  const commandCenter = new CommandCenter(context.extensionUri, stream, server, activeFolder, settings);
  const commands = registerCommands({
    context,
    output,
    stream,
    activeFolder,
    server,
    commandCenter,
    github,
    pastValues: NO_PAST,
  });
  context.subscriptions.push(
    output,
    activeFolder,
    configDiagnostics,
    configQuickFixes,
    github,
    stream,
    intervalSetting,
    statusBar,
    commandCenter,
    commands,
  );

  followActiveFolder(context, activeFolder, stream, configDiagnostics, github);
  serveAfterFirstSnapshot(context, stream, server, log);
  void activeFolder.decide().then(() => {
    if (settings.openOnStartup) commandCenter.openAtStartup();
  });
  performance.mark("fusion/activate/end");
}

/** Lets go of the server's port before the window closes. */
export async function deactivate(): Promise<void> {
  await server?.dispose();
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
