import { type FSWatcher, watch } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Disposable } from "../disposable.js";
import { EventSource } from "../event.js";
import { CallGate } from "./callGate.js";
import type { FileWatcher } from "./fileWatcher.js";
import { depthOf, WatchedPaths } from "./watchedPaths.js";

/** The system has only so many watches, and others want some of them. */
const MAX_FOLDERS = 2_000;

/** Folders that are looked up at a time: the threads that do it have other work too. */
const BATCH = 32;

/** Every folder is looked at again no more often than this (ms): events tell of nearly everything. */
const CHECK_MS = 10_000;

/** The folder that the root stands in: it tells when the root goes, and comes back. */
const PARENT = "..";

/**
 * Watches a folder on disk. One watch a folder: a recursive watch on Linux goes deaf to a file once another is renamed
 * over it.
 */
export class FolderWatcher implements FileWatcher {
  private readonly changes = new EventSource<void>((error) => {
    throw error;
  });
  private readonly watched = new Map<string, { readonly identity: string; readonly watcher: FSWatcher }>();
  /** Folders that the system did not let us watch. */
  private readonly refused = new Set<string>();
  /** Folders of which it is not known yet whether they are there. */
  private readonly unknown = new Set<string>();
  /** Folders that have to be looked up, or looked up again. */
  private readonly due = new Set<string>();
  private readonly gate: CallGate;
  private files: readonly string[] = [];
  private open: readonly string[] = [];
  /** Where files behind links stand. */
  private readonly places = new Map<string, string>();
  private placesChanged = false;
  private paths = new WatchedPaths([], []);
  private folders: ReadonlySet<string> = new Set();
  private working = false;
  private checkedAt = Number.NEGATIVE_INFINITY;
  private disposed = false;

  /**
   * @param root absolute path of the workspace folder
   * @param isOwn whether a file (relative to the folder, with `/`) is written by the stream itself: nobody is told of it
   * @param watchFolder the system's own, which throws where it has no watches left
   */
  constructor(
    private readonly root: string,
    private readonly isOwn: (file: string) => boolean = () => false,
    private readonly watchFolder: typeof watch = watch,
  ) {
    this.gate = new CallGate(root);
  }

  /** The system may refuse when it has no watches left, and there may be more folders than should be watched. */
  get complete(): boolean {
    if (this.unknown.size > 0 || this.paths.folders.length > MAX_FOLDERS) return false;
    const deaf = [...this.refused].some((folder) => folder !== PARENT);
    return !deaf && (this.watched.has(".") || this.watched.has(PARENT));
  }

  watch(files: readonly string[], folders: readonly string[] = []): void {
    this.files = files;
    this.open = folders;
    this.plan();
  }

  /** Watches a file also where it stands: what is written behind a link, nobody tells where the link is. */
  follow(file: string, place: string): void {
    if (place === (this.places.get(file) ?? file)) return;
    this.places.set(file, place);
    if (this.placesChanged) return;
    this.placesChanged = true;
    // Hundreds of files behind one link are read at about the same time.
    setImmediate(() => {
      this.placesChanged = false;
      if (this.disposed) return;
      this.plan();
      // What happened there before, nobody told of.
      this.changes.fire();
    });
  }

  /** For what no event tells: a folder above the root that was renamed, a file system mounted over a folder. */
  check(): void {
    if (this.working || performance.now() < this.checkedAt + CHECK_MS) return;
    this.lookUp(this.folders);
  }

  onChange(listener: () => void): Disposable {
    return this.changes.subscribe(listener);
  }

  dispose(): void {
    this.disposed = true;
    this.due.clear();
    for (const folder of [...this.watched.keys()]) this.release(folder);
  }

  private plan(): void {
    const { files, open } = this;
    const places = files.flatMap((file) => this.places.get(file) ?? []);
    this.paths = new WatchedPaths([...files, ...places], open);
    const outside = dirname(this.root) === this.root ? [] : [PARENT];
    this.folders = new Set([...outside, ...this.paths.folders.slice(0, MAX_FOLDERS)]);
    for (const folder of [...this.watched.keys(), ...this.refused, ...this.unknown]) {
      if (!this.folders.has(folder)) this.release(folder);
    }
    for (const folder of this.folders) {
      if (!this.watched.has(folder)) this.unknown.add(folder);
    }
    this.lookUp(this.folders);
  }

  private hear(folder: string, event: string, name: string | null): void {
    // Without a name it may have been anything.
    if (name === null) {
      this.lookUp(this.folders);
      this.changes.fire();
      return;
    }
    // A folder that goes away says so itself, too, by its own name.
    if (event === "rename" && name === basename(join(this.root, folder))) this.renew(folder);
    const path = this.pathOf(folder, name);
    if (path === null || (path !== "." && !this.paths.concerns(path)) || this.isOwn(path)) return;
    if (event === "rename" || !this.watched.has(path)) this.renew(path);
    this.changes.fire();
  }

  private pathOf(folder: string, name: string): string | null {
    if (folder === PARENT) return name === basename(this.root) ? "." : null;
    return folder === "." ? name : `${folder}/${name}`;
  }

  /**
   * A folder came, went, or was made again: what is watched in its place is no longer there. It may look the same, as a
   * file system gives the number of a removed folder to the next one.
   */
  private renew(folder: string): void {
    if (!this.folders.has(folder)) return;
    const below = [...this.folders].filter((other) => isWithin(other, folder));
    for (const other of below) {
      this.release(other);
      this.unknown.add(other);
    }
    this.lookUp(below);
  }

  private lookUp(folders: Iterable<string>): void {
    for (const folder of folders) this.due.add(folder);
    if (!this.working) void this.work();
  }

  /** Looks up what is due: the outer folders first, so that an inner one that appears meanwhile is heard of. */
  private async work(): Promise<void> {
    this.working = true;
    let begun = false;
    while (this.due.size > 0) {
      const outermost = Math.min(...[...this.due].map(depth));
      const batch = [...this.due].filter((folder) => depth(folder) === outermost).slice(0, BATCH);
      for (const folder of batch) this.due.delete(folder);
      const results = await Promise.all(batch.map((folder) => this.attend(folder)));
      begun ||= results.includes(true);
    }
    this.working = false;
    this.checkedAt = performance.now();
    // What happened in a folder before it was watched, nobody told of.
    if (begun && !this.disposed) this.changes.fire();
  }

  /** Watches what stands at a folder's path now. Whether that is something else than before. */
  private async attend(folder: string): Promise<boolean> {
    const identity = await this.gate.run(folder, () => identityOf(join(this.root, folder)));
    // Told of again meanwhile: this may already be another one.
    if (this.disposed || this.due.has(folder) || !this.folders.has(folder)) return false;
    if (identity !== null && this.watched.get(folder)?.identity === identity) return false;
    this.release(folder);
    return identity !== null && this.begin(folder, identity);
  }

  private begin(folder: string, identity: string): boolean {
    try {
      const watcher = this.watchFolder(join(this.root, folder), { persistent: false }, (event, name) =>
        this.hear(folder, event, name),
      );
      watcher.on("error", () => this.refuse(folder));
      this.watched.set(folder, { identity, watcher });
      return true;
    } catch {
      this.refuse(folder);
      return false;
    }
  }

  private refuse(folder: string): void {
    this.release(folder);
    this.refused.add(folder);
  }

  private release(folder: string): void {
    this.refused.delete(folder);
    this.unknown.delete(folder);
    this.watched.get(folder)?.watcher.close();
    this.watched.delete(folder);
  }
}

function depth(folder: string): number {
  return folder === PARENT ? -1 : depthOf(folder);
}

function isWithin(folder: string, outer: string): boolean {
  if (folder === outer) return true;
  return outer === "." ? folder !== PARENT : folder.startsWith(`${outer}/`);
}

/** Tells a folder from another that took its name; `null` where there is none. */
async function identityOf(path: string): Promise<string | null> {
  const stats = await stat(path, { bigint: true }).catch(() => null);
  return stats?.isDirectory() ? `${stats.dev}:${stats.ino}:${stats.birthtimeNs}` : null;
}
