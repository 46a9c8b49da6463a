import { posix } from "node:path";

/** Which paths a watcher has to hear of, and in which folders. All are relative to the root, "." for itself. */
export class WatchedPaths {
  /** Every folder to be watched, there or not: those that hold the files, and those on the way to them, outermost first. */
  readonly folders: readonly string[];
  private readonly named = new Set<string>();
  private readonly open: ReadonlySet<string>;

  /**
   * @param files of which every change matters, there or not
   * @param open folders of which every entry matters
   */
  constructor(files: readonly string[], open: readonly string[]) {
    this.open = new Set(open);
    const folders = new Set<string>(["."]);
    for (const file of files) {
      this.named.add(file);
      this.add(posix.dirname(file), folders);
    }
    for (const folder of open) this.add(folder, folders);
    this.folders = [...folders].sort((a, b) => depthOf(a) - depthOf(b));
  }

  /** Whether a change of this path matters: of a file, of an entry of an open folder, or of a folder on the way. */
  concerns(path: string): boolean {
    return this.named.has(path) || this.open.has(posix.dirname(path));
  }

  /** The same where somebody tells of a file alone though folders were made with it: any depth below an open folder. */
  concernsBelow(path: string): boolean {
    if (this.concerns(path)) return true;
    for (let at = posix.dirname(path); at !== "."; at = posix.dirname(at)) {
      if (this.open.has(at)) return true;
    }
    return this.open.has(".");
  }

  private add(folder: string, folders: Set<string>): void {
    for (let at = folder; !folders.has(at); at = posix.dirname(at)) {
      folders.add(at);
      this.named.add(at);
    }
  }
}

/** How many folders deep: 0 for the root. */
export function depthOf(folder: string): number {
  return folder === "." ? 0 : folder.split("/").length;
}
