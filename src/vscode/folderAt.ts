import type * as vscode from "vscode";
import { diskFolder, type Folder } from "../core/sources/folder.js";
import { VirtualReader } from "./virtualReader.js";
import { VirtualWatcher } from "./virtualWatcher.js";

/**
 * The folder at an address: on the disk of the machine that this runs on, or wherever an extension has it.
 * @param isOwn whether a file (relative to the folder, with `/`) is written by the stream itself; none if left out
 */
export function folderAt(uri: vscode.Uri, isOwn?: (file: string) => boolean): Folder {
  if (uri.scheme === "file") return diskFolder(uri.fsPath, isOwn);
  const watcher = new VirtualWatcher(uri);
  return { path: null, reader: new VirtualReader(uri, () => watcher.changesTold), watcher };
}
