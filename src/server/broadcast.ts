import type { Clock } from "../core/clock.js";
import { type Disposable, DisposableStore } from "../core/disposable.js";
import { type EncodedEvents, encodeEvent, joinEvents } from "./encodedEvents.js";
import type { FusionSocket } from "./events.js";
import { KINDS, type Kind, Outbox } from "./outbox.js";
import type { StreamPort } from "./streamPort.js";
import { type Filter, filterKey, statusView, updateEvent } from "./views.js";

/** Changes of the status within this time (ms) go out as one: a thousand clients that connect are a thousand changes. */
const STATUS_DELAY_MS = 100;

/** The clients that see the same. */
interface Audience {
  readonly filter: Filter;
  readonly outboxes: Set<Outbox>;
}

/** Sends what the stream emits to every client, encoded once per view. */
export class Broadcast implements Disposable {
  private readonly outboxes = new Map<FusionSocket, Outbox>();
  private readonly audiences = new Map<string, Audience>();
  private readonly subscriptions = new DisposableStore();
  private statusDue: Disposable | null = null;
  private updateDue = false;

  constructor(
    private readonly stream: StreamPort,
    private readonly clock: Clock,
  ) {
    this.subscriptions.add(stream.onSnapshot(() => this.scheduleUpdate()));
    this.subscriptions.add(stream.onStatus(() => this.scheduleStatus()));
  }

  get size(): number {
    return this.outboxes.size;
  }

  /** Adds a client, and sends it what is held. */
  add(socket: FusionSocket): void {
    const filter = socket.data.claims.metrics;
    const outbox = new Outbox(socket.conn, (kinds) => this.encode(kinds, filter), this.clock);
    this.outboxes.set(socket, outbox);
    const key = filterKey(filter);
    const audience = this.audiences.get(key) ?? { filter, outboxes: new Set() };
    this.audiences.set(key, audience);
    audience.outboxes.add(outbox);
    outbox.owe(this.stream.latest ? KINDS : ["status"]);
  }

  remove(socket: FusionSocket): void {
    const outbox = this.outboxes.get(socket);
    if (!outbox) return;
    outbox.dispose();
    this.outboxes.delete(socket);
    const key = filterKey(socket.data.claims.metrics);
    const audience = this.audiences.get(key);
    audience?.outboxes.delete(outbox);
    if (audience?.outboxes.size === 0) this.audiences.delete(key);
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.statusDue?.dispose();
    for (const socket of [...this.outboxes.keys()]) this.remove(socket);
  }

  /** At the end of the turn: an emission changes the status too, and both go out in one write. */
  private scheduleUpdate(): void {
    if (this.updateDue) return;
    this.updateDue = true;
    queueMicrotask(() => {
      this.updateDue = false;
      const kinds: readonly Kind[] = this.statusDue ? KINDS : ["update"];
      this.statusDue?.dispose();
      this.statusDue = null;
      this.sendAll(kinds);
    });
  }

  private scheduleStatus(): void {
    this.statusDue ??= this.clock.schedule(STATUS_DELAY_MS, () => {
      this.statusDue = null;
      this.sendAll(["status"]);
    });
  }

  private sendAll(kinds: readonly Kind[]): void {
    for (const { filter, outboxes } of this.audiences.values()) {
      const encoded = this.encode(kinds, filter);
      for (const outbox of outboxes) outbox.send(kinds, encoded);
    }
  }

  private encode(kinds: readonly Kind[], filter: Filter): EncodedEvents {
    return joinEvents(
      kinds.flatMap((kind) => {
        if (kind === "status") return encodeEvent("fusionStatus", statusView(this.stream.status(), filter));
        return this.stream.latest ? updateEvent(this.stream.latest, filter) : [];
      }),
    );
  }
}
