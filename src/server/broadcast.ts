import type { Clock } from "../core/clock.js";
import { type Disposable, DisposableStore } from "../core/disposable.js";
import type { FusionIo, FusionSocket } from "./events.js";
import { type Kind, Outbox } from "./outbox.js";
import type { StreamPort } from "./streamPort.js";
import { type Filter, filterKey, snapshotView, statusView } from "./views.js";

/** Changes of the status within this time (ms) go out as one: a thousand clients that connect are a thousand changes. */
const STATUS_DELAY_MS = 100;

/** Sends what the stream emits to every client, encoded once per view. */
export class Broadcast implements Disposable {
  private readonly outboxes = new Map<FusionSocket, Outbox>();
  private readonly subscriptions = new DisposableStore();
  private statusDue: Disposable | null = null;

  constructor(
    private readonly io: FusionIo,
    private readonly stream: StreamPort,
    private readonly clock: Clock,
  ) {
    this.subscriptions.add(stream.onSnapshot(() => this.sendAll("update")));
    this.subscriptions.add(stream.onStatus(() => this.scheduleStatus()));
  }

  get size(): number {
    return this.outboxes.size;
  }

  /** Adds a client, and sends it what is held. */
  add(socket: FusionSocket): void {
    const filter = socket.data.claims.metrics;
    const outbox = new Outbox(socket.conn, (kind) => this.send(socket, kind, filter), this.clock);
    this.outboxes.set(socket, outbox);
    socket.join(roomOf(filter));
    if (this.stream.latest) outbox.owe("update");
    outbox.owe("status");
  }

  remove(socket: FusionSocket): void {
    this.outboxes.get(socket)?.dispose();
    this.outboxes.delete(socket);
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.statusDue?.dispose();
    for (const socket of [...this.outboxes.keys()]) this.remove(socket);
  }

  private scheduleStatus(): void {
    this.statusDue ??= this.clock.schedule(STATUS_DELAY_MS, () => {
      this.statusDue = null;
      this.sendAll("status");
    });
  }

  private sendAll(kind: Kind): void {
    const filters = new Map<string, Filter>();
    const busy: string[] = [];
    for (const [socket, outbox] of this.outboxes) {
      const { metrics } = socket.data.claims;
      filters.set(roomOf(metrics), metrics);
      if (!outbox.isReady) {
        busy.push(socket.id);
        outbox.owe(kind);
      }
    }
    for (const [room, filter] of filters) this.send(this.io.to(room).except(busy), kind, filter);
  }

  private send(to: Pick<FusionSocket, "emit">, kind: Kind, filter: Filter): void {
    if (kind === "status") to.emit("fusionStatus", statusView(this.stream.status(), filter));
    else if (this.stream.latest) to.emit("fusionUpdate", snapshotView(this.stream.latest, filter));
  }
}

function roomOf(filter: Filter): string {
  return `view:${filterKey(filter)}`;
}
