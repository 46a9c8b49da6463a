import type { FileWatcher } from "./fileWatcher.js";
import type { FolderReader } from "./folderReader.js";
import { FolderWatcher } from "./folderWatcher.js";
import { GuardedReader } from "./guardedReader.js";

/** A workspace folder, wherever it lies. */
export interface Folder {
  /** Absolute path on this machine's disk; `null` where it is none, and programs such as git have nothing to work on. */
  readonly path: string | null;
  readonly reader: FolderReader;
  readonly watcher: FileWatcher;
}

/** @param path absolute */
export function diskFolder(path: string): Folder {
  return { path, reader: new GuardedReader(path), watcher: new FolderWatcher(path) };
}
