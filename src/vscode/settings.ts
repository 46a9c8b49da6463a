import * as vscode from "vscode";
import { GITHUB_API } from "../core/sources/githubRepository.js";
import { SEVERITIES, type Severity } from "../protocol/alerts.js";
import { isStaleAfter } from "../protocol/freshness.js";
import { DEFAULT_RETENTION_DAYS, isRetention } from "../protocol/history.js";
import { DEFAULT_INTERVAL_MINUTES, isInterval } from "../protocol/interval.js";

const SECTION = "fusion";

const DEFAULT_STALE_AFTER_MINUTES = 10;
const DEFAULT_PORT = 4000;

export type StatusBarFormat = "full" | "compact";

const NOTIFIED_BY_DEFAULT: readonly Severity[] = ["warning", "error"];
/** By what `fusion.notifications` may be. */
const NOTIFIED: Readonly<Record<string, readonly Severity[]>> = {
  all: SEVERITIES,
  warnings: NOTIFIED_BY_DEFAULT,
  errors: ["error"],
  off: [],
};

/** The user's settings, checked: what is out of range counts as not set. */
export class Settings {
  /** Minutes, 3 to 10. */
  get intervalMinutes(): number {
    const minutes = read("interval");
    return isInterval(minutes) ? minutes : DEFAULT_INTERVAL_MINUTES;
  }

  /** Minutes without an update after which the data counts as stale, a day of them at most. */
  get staleAfterMinutes(): number {
    const minutes = read("staleAfter");
    return isStaleAfter(minutes) ? minutes : DEFAULT_STALE_AFTER_MINUTES;
  }

  /** 0 for any. */
  get port(): number {
    const port = read("server.port");
    return Number.isInteger(port) && Number(port) >= 0 && Number(port) <= 65_535
      ? Number(port)
      : DEFAULT_PORT;
  }

  get allowedOrigins(): readonly string[] {
    const origins = read("server.allowedOrigins");
    return Array.isArray(origins) ? origins.filter((origin) => typeof origin === "string") : [];
  }

  /** Id of the metric that the status bar shows, or two with a comma between them. */
  get statusBarMetric(): string {
    return String(read("statusBar.metric") ?? "");
  }

  /** Whether somebody chose that metric, here or for all workspaces. */
  get isStatusBarMetricChosen(): boolean {
    const setting = vscode.workspace.getConfiguration(SECTION).inspect("statusBar.metric");
    return setting?.globalValue !== undefined || setting?.workspaceValue !== undefined;
  }

  get statusBarFormat(): StatusBarFormat {
    return read("statusBar.format") === "compact" ? "compact" : "full";
  }

  /** Whether a window hides all values until its user chooses otherwise. */
  get privacyMode(): boolean {
    return read("privacyMode") === true;
  }

  /** What somebody is to be notified of, by the alert's severity. */
  get notifiedSeverities(): readonly Severity[] {
    return NOTIFIED[String(read("notifications"))] ?? NOTIFIED_BY_DEFAULT;
  }

  /** Path of the file that the log is also written to, from the workspace folder on; empty for none. */
  get logFile(): string {
    const file = read("log.file");
    return typeof file === "string" ? file.trim().replaceAll("\\", "/") : "";
  }

  /** Days. */
  get historyRetentionDays(): number {
    const days = read("history.retentionDays");
    return isRetention(days) ? days : DEFAULT_RETENTION_DAYS;
  }

  get openOnStartup(): boolean {
    return read("openOnStartup") === true;
  }

  /** Address of GitHub's API as the user wrote it. A workspace cannot set it: its token goes there. */
  get githubApiUrl(): string {
    const address = read("github.apiUrl");
    return typeof address === "string" && address.trim() !== "" ? address.trim() : GITHUB_API;
  }

  /** @param listener called when any of these settings changed; `affects` tells which */
  onChange(listener: (affects: (setting: string) => boolean) => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SECTION)) {
        listener((setting) => event.affectsConfiguration(`${SECTION}.${setting}`));
      }
    });
  }

  /** Writes the interval where it is set already, for the workspace or for the user. */
  async writeInterval(minutes: number): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(SECTION);
    const inWorkspace = configuration.inspect("interval")?.workspaceValue !== undefined;
    const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
    await configuration.update("interval", minutes, target);
  }

  /** Writes what the status bar shows where that is set already, else for the workspace, else for the user. */
  async writeStatusBar(metric: string, format: StatusBarFormat): Promise<void> {
    if (metric !== this.statusBarMetric || !this.isStatusBarMetricChosen) {
      await writeForWorkspace("statusBar.metric", metric);
    }
    if (format !== this.statusBarFormat) await writeForWorkspace("statusBar.format", format);
  }
}

async function writeForWorkspace(setting: string, value: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const set = configuration.inspect(setting);
  const isUsers = set?.workspaceValue === undefined && set?.globalValue !== undefined;
  const hasWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const target = isUsers || !hasWorkspace ? "Global" : "Workspace";
  await configuration.update(setting, value, vscode.ConfigurationTarget[target]);
}

function read(setting: string): unknown {
  return vscode.workspace.getConfiguration(SECTION).get(setting);
}
