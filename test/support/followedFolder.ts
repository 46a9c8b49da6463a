import { systemClock } from "../../src/core/clock.js";
import { FusionStream } from "../../src/core/stream.js";
import type { Metric, Snapshot } from "../../src/protocol/snapshot.js";
import { folderSource } from "./folderStream.js";
import { TemporaryFolder } from "./temporaryFolder.js";
import { type WaitOptions, waitFor } from "./waitFor.js";

/** A folder of its own that a stream follows, watches and all. */
export class FollowedFolder extends TemporaryFolder {
  /** Every snapshot that was emitted, oldest first. */
  readonly emitted: Snapshot[] = [];
  readonly log: string[] = [];
  readonly stream = new FusionStream({ clock: systemClock, log: (line) => this.log.push(line) });

  constructor() {
    super();
    this.stream.onSnapshot((snapshot) => this.emitted.push(snapshot));
  }

  /** Begins to follow what is there by now. */
  follow(): void {
    this.stream.follow(folderSource(this.path));
  }

  /** Declares the user's metrics. */
  declare(metrics: object): void {
    this.write({ "fusion.json": JSON.stringify({ metrics }) });
  }

  /** A metric as it was last emitted. */
  metric(id: string): Metric | undefined {
    return this.stream.latest?.metrics[id];
  }

  /** Waits until a metric was emitted with a value that can be had. */
  async shows(id: string, value: Metric["value"], options?: WaitOptions): Promise<void> {
    const message = `${id} to be ${value}`;
    await waitFor(() => this.metric(id)?.value === value && this.metric(id)?.available, {
      message,
      ...options,
    }).catch((error) => {
      throw new Error(`${error}; it is ${JSON.stringify(this.metric(id))}`);
    });
  }

  override dispose(): void {
    this.stream.dispose();
    super.dispose();
  }
}
