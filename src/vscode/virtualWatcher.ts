import { posix } from "node:path";
import * as vscode from "vscode";
import type { FileWatcher } from "../core/sources/fileWatcher.js";
import { WatchedPaths } from "../core/sources/watchedPaths.js";

/** Hears of changes in a folder that is not on a disk from whatever extension provides it. */
export class VirtualWatcher implements FileWatcher {
  private readonly changed = new vscode.EventEmitter<void>();
  private watcher: vscode.FileSystemWatcher | null = null;
  private paths = new WatchedPaths([], []);
  private told = 0;

  readonly onChange = this.changed.event;

  /** @param root the workspace folder */
  constructor(private readonly root: vscode.Uri) {}

  /** How many changes that matter were told of. */
  get changesTold(): number {
    return this.told;
  }

  /** Whether the folder's provider is there yet. That it then tells of every change has to be believed. */
  get complete(): boolean {
    return vscode.workspace.fs.isWritableFileSystem(this.root.scheme) !== undefined;
  }

  watch(files: readonly string[], folders: readonly string[] = []): void {
    this.paths = new WatchedPaths(files, folders);
    this.watcher ??= this.begin();
  }

  check(): void {
    // There is no watch here that could go astray: VS Code keeps one for the whole folder.
  }

  dispose(): void {
    this.watcher?.dispose();
    this.changed.dispose();
  }

  private begin(): vscode.FileSystemWatcher {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(this.root, "**"));
    const hear = (uri: vscode.Uri) => this.hear(uri);
    watcher.onDidCreate(hear);
    watcher.onDidChange(hear);
    watcher.onDidDelete(hear);
    return watcher;
  }

  private hear(uri: vscode.Uri): void {
    const path = posix.relative(this.root.path, uri.path);
    if (path !== "" && !this.paths.concernsBelow(path)) return;
    this.told++;
    this.changed.fire();
  }
}
