import type { Socket as EngineSocket } from "engine.io";
import type { Clock } from "../core/clock.js";
import type { Disposable } from "../core/disposable.js";
import { isIdle, terminate } from "./engineConnection.js";

/** What is sent as a whole each time, so that a newer one replaces one that has not gone out. */
export type Kind = "update" | "status";

/** A client that has not taken what it was sent for so long (ms) is dropped. */
export const STALLED_MS = 30_000;

/**
 * Keeps a slow client from filling the memory: while it has not taken what was sent, it is only noted what it lacks, and
 * the newest of that is sent when it has.
 */
export class Outbox implements Disposable {
  private readonly lacking = new Set<Kind>();
  private stalled: Disposable | null = null;

  /** @param send sends the newest of a kind */
  constructor(
    private readonly conn: EngineSocket,
    private readonly send: (kind: Kind) => void,
    private readonly clock: Clock,
  ) {
    conn.transport.on("ready", this.deliver);
    conn.on("upgrade", this.follow);
  }

  /** Whether the client has taken all that was sent before. */
  get isReady(): boolean {
    return isIdle(this.conn);
  }

  /** Notes that the client lacks the newest of a kind; it goes out as soon as the client is ready. */
  owe(kind: Kind): void {
    this.lacking.add(kind);
    this.stalled ??= this.clock.schedule(STALLED_MS, () => terminate(this.conn));
    this.deliver();
  }

  dispose(): void {
    this.conn.transport.off("ready", this.deliver);
    this.conn.off("upgrade", this.follow);
    this.stalled?.dispose();
    this.lacking.clear();
  }

  private readonly deliver = (): void => {
    if (this.lacking.size === 0 || !this.isReady) return;
    this.stalled?.dispose();
    this.stalled = null;
    const due = [...this.lacking];
    this.lacking.clear();
    for (const kind of due) this.send(kind);
  };

  private readonly follow = (): void => {
    this.conn.transport.on("ready", this.deliver);
    this.deliver();
  };
}
