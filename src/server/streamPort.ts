import type { Disposable } from "../core/disposable.js";
import type { StreamHealth } from "../protocol/health.js";
import type { Snapshot } from "../protocol/snapshot.js";
import type { StreamStatus } from "../protocol/status.js";

/** What the server needs of a stream: to listen, and to pass a client's typed requests back. */
export interface StreamPort {
  /** The newest snapshot; `null` before the first. */
  readonly latest: Snapshot | null;
  status(): StreamStatus;
  health(): StreamHealth;
  /** Collects and emits; shares the result of a collection under way. Rejects where the collection fails. */
  refresh(): Promise<Snapshot>;
  /** @throws RangeError outside 3 to 10 minutes */
  setInterval(minutes: number): void;
  onSnapshot(listener: (snapshot: Snapshot) => void): Disposable;
  onStatus(listener: (status: StreamStatus) => void): Disposable;
  setConnectedClients(count: number): void;
}
