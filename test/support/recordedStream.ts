import { systemClock } from "../../src/core/clock.js";
import { FollowedHistory } from "../../src/core/history/followedHistory.js";
import type { MetricValue, Snapshot } from "../../src/protocol/snapshot.js";
import { HISTORY_WORKER, observed } from "./historyFolder.js";
import { MemoryStream } from "./memoryStream.js";
import { TemporaryFolder } from "./temporaryFolder.js";

/** A stream without files, whose snapshots are kept in a real history. */
export class RecordedStream extends MemoryStream {
  readonly folder = new TemporaryFolder();
  readonly log: string[] = [];
  retentionDays: number | null = 400;
  readonly kept: FollowedHistory;

  constructor(readonly clock = systemClock) {
    super();
    this.kept = new FollowedHistory({
      stream: this,
      clock,
      workerScript: HISTORY_WORKER,
      retentionDays: () => this.retentionDays,
      log: (line) => this.log.push(line),
    });
  }

  /** Follows a folder of this name. @param repository whose commits are told */
  follow(name = "a", repository: string | null = null): void {
    this.kept.follow({ file: this.folder.resolve(`history-${name}.sqlite`), repository });
  }

  /** Emits a snapshot with these values alone, at a time in epoch milliseconds. */
  emitAt(at: number, values: Readonly<Record<string, MetricValue>>): Snapshot {
    return this.emit(observed(at, values));
  }

  async dispose(): Promise<void> {
    await this.kept.dispose();
    this.folder.dispose();
  }
}
