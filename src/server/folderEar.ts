import { type FSWatcher, watch } from "node:fs";
import { basename } from "node:path";
import type { Disposable } from "../core/disposable.js";
import { ensurePrivateFolder } from "../core/privateFolder.js";

/** While a folder cannot be watched, it is looked into this often (ms), as the system may have no watches left. */
const LOOK_MS = 2_000;

/** Hears of changes in a private folder, also of one that takes its place. */
export class FolderEar implements Disposable {
  private watcher: FSWatcher | null = null;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param folder absolute path; made where it is missing
   * @param hear told the name of what has changed; `null` where it may be anything
   */
  constructor(
    private readonly folder: string,
    private readonly hear: (file: string | null) => void,
  ) {
    this.listen();
  }

  dispose(): void {
    this.watcher?.close();
    clearTimeout(this.timer);
  }

  private listen(): void {
    try {
      ensurePrivateFolder(this.folder);
      this.watcher = watch(this.folder, { persistent: false }, (event, file) => {
        // A folder that goes away says so itself, by its own name, and then no more.
        if (event === "rename" && file === basename(this.folder)) this.listenAnew();
        else this.hear(file);
      });
      this.watcher.on("error", () => this.listenAnew());
    } catch {
      this.timer = setTimeout(() => this.listenAnew(), LOOK_MS).unref();
    }
  }

  /** What happened meanwhile nobody told of. */
  private listenAnew(): void {
    this.dispose();
    this.listen();
    this.hear(null);
  }
}
