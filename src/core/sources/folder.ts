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

/**
 * @param path absolute
 * @param isOwn whether a file (relative to the folder, with `/`) is written by the stream itself; none if left out
 */
export function diskFolder(path: string, isOwn?: (file: string) => boolean): Folder {
  const watcher = new FolderWatcher(path, isOwn);
  const reader = new GuardedReader(path, isOwn, (file, place) => watcher.follow(file, place));
  return { path, reader, watcher };
}
