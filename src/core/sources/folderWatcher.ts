import { type FSWatcher, statSync, watch } from "node:fs";
import { join } from "node:path";
import type { Disposable } from "../disposable.js";

/** The system has only so many watches, and others want some of them. */
const MAX_FOLDERS = 1_000;

/**
 * Watches for changes of files that are there or may yet appear. One watch a directory: a recursive watch on Linux goes
 * deaf to a file once another is renamed over it.
 */
export class FolderWatcher implements Disposable {
  private readonly watched = new Map<string, { readonly identity: string; readonly watcher: FSWatcher }>();
  private files: readonly string[] = [];
  private folders: ReadonlySet<string> = new Set();
  private directories: readonly string[] = [];
  private disposed = false;

  /**
   * @param root absolute path of the workspace folder
   * @param onChange called when one of the files, or a directory on the way to it, may have changed
   */
  constructor(
    private readonly root: string,
    private readonly onChange: () => void,
  ) {}

  /**
   * Watches these files from now on, and every entry of these folders, and nothing else.
   * @param files paths relative to the root, with `/`; folders likewise
   */
  watch(files: readonly string[], folders: readonly string[] = []): void {
    this.files = files;
    this.folders = new Set(folders.slice(0, MAX_FOLDERS));
    const ancestors = [...files, ...this.folders].flatMap(ancestorsOf);
    this.directories = [...new Set([...ancestors, ...this.folders])];
    for (const directory of this.watched.keys()) {
      if (!this.directories.includes(directory)) this.release(directory);
    }
    this.watchDirectories();
  }

  /** Whether every directory that is there is watched: the system may refuse when it has no watches left. */
  get complete(): boolean {
    return this.directories.every(
      (directory) => this.watched.has(directory) || this.identify(directory) === null,
    );
  }

  /** Begins to watch directories that appeared, and those that took another's place. */
  watchDirectories(): void {
    if (this.disposed) return;
    for (const directory of this.directories) {
      const identity = this.identify(directory);
      if (this.watched.get(directory)?.identity === identity) continue;
      this.release(directory);
      if (identity !== null) this.watchDirectory(directory, identity);
    }
  }

  dispose(): void {
    this.disposed = true;
    for (const directory of [...this.watched.keys()]) this.release(directory);
  }

  private watchDirectory(directory: string, identity: string): void {
    try {
      const watcher = watch(join(this.root, directory), { persistent: false }, (_, name) => {
        if (name !== null && !this.concerns(directory, name)) return;
        this.watchDirectories();
        this.onChange();
      });
      // A directory that goes away, or a system without watches: the regular look at the files goes on.
      watcher.on("error", () => this.release(directory));
      this.watched.set(directory, { identity, watcher });
    } catch {
      this.release(directory);
    }
  }

  private release(directory: string): void {
    this.watched.get(directory)?.watcher.close();
    this.watched.delete(directory);
  }

  private concerns(directory: string, name: string): boolean {
    if (this.folders.has(directory)) return true;
    const path = directory === "." ? name : `${directory}/${name}`;
    return this.files.some((file) => file === path || file.startsWith(`${path}/`));
  }

  /** Tells a directory from another that took its name; `null` where there is none. */
  private identify(directory: string): string | null {
    try {
      const stats = statSync(join(this.root, directory), { throwIfNoEntry: false, bigint: true });
      return stats?.isDirectory() ? `${stats.dev}:${stats.ino}` : null;
    } catch {
      // A link that leads back to itself, or a folder that nobody may enter: what is to be said of it, its files say.
      return null;
    }
  }
}

/** The directories on the way to a file, from the root: "." for it. */
function ancestorsOf(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return [".", ...parts.map((_, index) => parts.slice(0, index + 1).join("/"))];
}
