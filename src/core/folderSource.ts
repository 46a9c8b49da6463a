import type { Clock } from "./clock.js";
import { type Collection, Collector } from "./collector.js";
import type { Disposable } from "./disposable.js";
import { EventSource } from "./event.js";
import { DATA_FILE_CANDIDATES } from "./sources/dataFiles.js";
import { FolderWatcher } from "./sources/folderWatcher.js";
import type { StreamSource } from "./stream.js";

/** One workspace folder's data files: collected on demand, watched for changes. */
export class FolderSource implements StreamSource {
  private readonly collector: Collector;
  private readonly watcher: FolderWatcher;
  private readonly changes = new EventSource<void>((error) => {
    throw error;
  });

  /** @param root absolute path of the workspace folder */
  constructor(root: string, clock: Clock) {
    this.collector = new Collector(root, clock);
    this.watcher = new FolderWatcher(root, DATA_FILE_CANDIDATES, () => this.changes.fire());
  }

  get watching(): boolean {
    return this.watcher.complete;
  }

  collect(): Promise<Collection> {
    this.watcher.watchDirectories();
    return this.collector.collect();
  }

  onChange(listener: () => void): Disposable {
    return this.changes.subscribe(listener);
  }

  dispose(): void {
    this.watcher.dispose();
  }
}
