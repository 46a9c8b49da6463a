import type { Disposable } from "../disposable.js";
import { EventSource } from "../event.js";
import { FolderWatcher } from "./folderWatcher.js";
import { gitWatchPaths } from "./gitHistory.js";

/** Watches for commits, checkouts and fetches in the repository that a folder on disk is in, wherever that has its data. */
export class GitWatcher implements Disposable {
  private readonly changes = new EventSource<void>((error) => {
    throw error;
  });
  /** By the directory that they watch. */
  private readonly watchers = new Map<string, FolderWatcher>();
  private known = "";
  private updating = false;
  private disposed = false;

  /** @param folder absolute path */
  constructor(private readonly folder: string) {}

  /** Whether every change of the repository will be told. */
  get complete(): boolean {
    return [...this.watchers.values()].every(({ complete }) => complete);
  }

  /** Looks up the repository and its branch anew: another branch is another file to watch. Never rejects. */
  async update(): Promise<void> {
    if (this.updating || this.disposed) return;
    this.updating = true;
    // Where nobody can tell, what was found before stays watched.
    const paths = await gitWatchPaths(this.folder).catch(() => null);
    this.updating = false;
    if (this.disposed || paths === null) return;
    for (const watcher of this.watchers.values()) watcher.check();
    const found = JSON.stringify([...paths]);
    if (found === this.known) return;
    this.known = found;
    this.watch(paths);
    // A commit on the new branch may have come before it was watched.
    this.changes.fire();
  }

  onChange(listener: () => void): Disposable {
    return this.changes.subscribe(listener);
  }

  dispose(): void {
    this.disposed = true;
    for (const watcher of this.watchers.values()) watcher.dispose();
  }

  private watch(paths: ReadonlyMap<string, readonly string[]>): void {
    for (const [directory, watcher] of this.watchers) {
      if (paths.has(directory)) continue;
      watcher.dispose();
      this.watchers.delete(directory);
    }
    for (const [directory, files] of paths) this.watcherOf(directory).watch(files);
  }

  private watcherOf(directory: string): FolderWatcher {
    const known = this.watchers.get(directory);
    if (known) return known;
    const watcher = new FolderWatcher(directory);
    watcher.onChange(() => this.changes.fire());
    this.watchers.set(directory, watcher);
    return watcher;
  }
}
