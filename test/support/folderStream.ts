import { resolve } from "node:path";
import type { Clock } from "../../src/core/clock.js";
import { systemClock } from "../../src/core/clock.js";
import { FolderSource } from "../../src/core/folderSource.js";
import { diskFolder } from "../../src/core/sources/folder.js";
import type { Checkpoint, CheckpointStore } from "../../src/core/sources/logCheckpoint.js";

/** The worker as it is shipped. */
export const WORKER_SCRIPT = resolve("dist/core/sources/evaluationWorker.js");

/** Checkpoints that last as long as the test. */
class MemoryCheckpoints implements CheckpointStore {
  private readonly checkpoints = new Map<string, Checkpoint>();

  async get(key: string): Promise<Checkpoint | null> {
    return this.checkpoints.get(key) ?? null;
  }

  set(key: string, checkpoint: Checkpoint): void {
    this.checkpoints.set(key, checkpoint);
  }
}

/** A folder as the stream follows it, without VS Code around it. */
export function folderSource(
  root: string,
  clock: Clock = systemClock,
  checkpoints: CheckpointStore = new MemoryCheckpoints(),
  isOwn?: (file: string) => boolean,
): FolderSource {
  const folder = diskFolder(root, isOwn);
  return new FolderSource({ folder, clock, workerScript: WORKER_SCRIPT, trusted: true, checkpoints });
}
