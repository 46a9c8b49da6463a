import type { Socket as EngineSocket } from "engine.io";
import type { Clock } from "../core/clock.js";
import type { Disposable } from "../core/disposable.js";
import type { EncodedEvents } from "./encodedEvents.js";
import { isIdle, sendEncoded, terminate } from "./engineConnection.js";

/** What is sent as a whole each time, so that a newer one replaces one that has not gone out. */
export type Kind = "update" | "status";

/** In the order in which they are sent. */
export const KINDS: readonly Kind[] = ["update", "status"];

/** A client that has not taken what it was sent for so long (ms) is dropped. */
export const STALLED_MS = 30_000;

/**
 * Keeps a slow client from filling the memory: while it has not taken what was sent, it is only noted what it lacks, and
 * the newest of that is sent when it has.
 */
export class Outbox implements Disposable {
  private readonly lacking = new Set<Kind>();
  private stalled: Disposable | null = null;

  /** @param newest gives the newest of these kinds */
  constructor(
    private readonly conn: EngineSocket,
    private readonly newest: (kinds: readonly Kind[]) => EncodedEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends the newest of these kinds, if the client has taken all that was sent before; else it is owed to the client.
   * @param encoded that newest, the same for many clients
   */
  send(kinds: readonly Kind[], encoded: EncodedEvents): void {
    if (this.lacking.size === 0 && isIdle(this.conn)) sendEncoded(this.conn, encoded);
    else this.owe(kinds);
  }

  /** Notes that the client lacks the newest of these kinds; it goes out as soon as the client is ready. */
  owe(kinds: readonly Kind[]): void {
    for (const kind of kinds) this.lacking.add(kind);
    if (!this.stalled) this.wait();
    this.deliver();
  }

  dispose(): void {
    this.endWait();
    this.lacking.clear();
  }

  /** Listens only while something is owed: a client that keeps up costs nothing here. */
  private wait(): void {
    this.stalled = this.clock.schedule(STALLED_MS, () => terminate(this.conn));
    this.conn.transport.on("ready", this.deliver);
    this.conn.on("upgrade", this.follow);
  }

  private endWait(): void {
    this.stalled?.dispose();
    this.stalled = null;
    this.conn.transport.off("ready", this.deliver);
    this.conn.off("upgrade", this.follow);
  }

  private readonly deliver = (): void => {
    if (this.lacking.size === 0 || !isIdle(this.conn)) return;
    this.endWait();
    const due = KINDS.filter((kind) => this.lacking.has(kind));
    this.lacking.clear();
    sendEncoded(this.conn, this.newest(due));
  };

  private readonly follow = (): void => {
    this.conn.transport.on("ready", this.deliver);
    this.deliver();
  };
}
