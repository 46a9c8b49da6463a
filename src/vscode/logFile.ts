import { isAbsolute } from "node:path";
import * as vscode from "vscode";
import type { Disposable } from "../core/disposable.js";
import { RotatingLog } from "../core/rotatingLog.js";
import type { Board } from "../server/ownership/board.js";
import type { Settings } from "./settings.js";

/** Lines kept until it is known which folder's file they go to. */
const MAX_EARLY = 100;

/** The emission log in a file of the followed folder, where the setting `fusion.log.file` names one. */
export class LogFile implements vscode.Disposable {
  private readonly subscriptions: readonly Disposable[];
  private early: string[] = [];
  private decided = false;
  private current: { readonly folder: string; readonly log: RotatingLog } | null = null;

  /**
   * @param owned the folder whose stream is this window's own: the log of any other is another process' to write
   * @param log the output channel alone, which is told where the file cannot be written
   */
  constructor(
    private readonly settings: Settings,
    private readonly owned: Board<vscode.WorkspaceFolder | null>,
    private readonly log: (line: string) => void,
  ) {
    const renew = () => this.renew();
    this.subscriptions = [
      owned.onChange(renew),
      settings.onChange((affects) => {
        if (affects("log.file") && this.decided) renew();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(renew),
    ];
  }

  write(line: string): void {
    if (this.current) this.current.log.write(line);
    else if (!this.decided && this.early.length < MAX_EARLY) this.early.push(line);
  }

  /** Whether a file (relative to a followed folder, with `/`) is the log or one that was rotated away. */
  owns(folder: vscode.Uri, file: string): boolean {
    const { current } = this;
    return current !== null && current.folder === folder.toString() && current.log.owns(file);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private renew(): void {
    this.decided = true;
    this.current = this.open();
    for (const line of this.early.splice(0)) this.current?.log.write(line);
  }

  /** `null` where there is no such file, or it must not be written. */
  private open() {
    const file = this.settings.logFile;
    const folder = this.owned.value?.uri;
    if (file === "" || folder === undefined || !vscode.workspace.isTrusted) return null;
    const refuse = (reason: string) => {
      this.log(`⚠️ fusion.log.file: "${file}" is not written: ${reason}.`);
      return null;
    };
    if (folder.scheme !== "file") return refuse("this folder is not on a disk");
    if (isAbsolute(file))
      return refuse("write the path from the workspace folder on, such as logs/fusion.log");
    const log = new RotatingLog({ folder: folder.fsPath, file, onTrouble: refuse });
    return { folder: folder.toString(), log };
  }
}
