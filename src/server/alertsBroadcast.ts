import type { Clock } from "../core/clock.js";
import { type Disposable, DisposableStore } from "../core/disposable.js";
import type { Alert } from "../protocol/alerts.js";
import { AlertsOutbox } from "./alertsOutbox.js";
import { type AlertsPort, alertsView } from "./alertsPort.js";
import type { FusionIo, FusionSocket } from "./events.js";
import { type Filter, filterKey } from "./views.js";

/** Changes of the list within this time (ms) go out as one: a hundred alerts that fire at once are a hundred lists. */
const LIST_DELAY_MS = 100;

/** Tells every client of the alerts on what it may see, encoded once per view. */
export class AlertsBroadcast implements Disposable {
  private readonly outboxes = new Map<FusionSocket, AlertsOutbox>();
  private readonly subscriptions = new DisposableStore();
  private listDue: Disposable | null = null;

  constructor(
    private readonly io: FusionIo,
    private readonly alerts: AlertsPort,
    private readonly clock: Clock,
  ) {
    this.subscriptions.add(alerts.onAlert((alert) => this.sendAlert(alert)));
    this.subscriptions.add(alerts.onList(() => this.scheduleList()));
  }

  /** Adds a client, and sends it the list. */
  add(socket: FusionSocket): void {
    const { metrics } = socket.data.claims;
    const outbox = new AlertsOutbox(
      socket.conn,
      (alert) => socket.emit("fusionAlert", alert),
      () => socket.emit("fusionAlerts", alertsView(this.alerts.list(), metrics)),
      this.clock,
    );
    this.outboxes.set(socket, outbox);
    socket.join(roomOf(metrics));
    outbox.oweList();
  }

  remove(socket: FusionSocket): void {
    this.outboxes.get(socket)?.dispose();
    this.outboxes.delete(socket);
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.listDue?.dispose();
    for (const socket of [...this.outboxes.keys()]) this.remove(socket);
  }

  private sendAlert(alert: Alert): void {
    this.sendAll(
      (filter) => alertsView([alert], filter).length > 0,
      (outbox) => outbox.oweAlert(alert),
      (to) => to.emit("fusionAlert", alert),
    );
  }

  private scheduleList(): void {
    this.listDue ??= this.clock.schedule(LIST_DELAY_MS, () => {
      this.listDue = null;
      const list = this.alerts.list();
      this.sendAll(
        () => true,
        (outbox) => outbox.oweList(),
        (to, filter) => to.emit("fusionAlerts", alertsView(list, filter)),
      );
    });
  }

  /**
   * @param concerns whether clients with this filter are to be told at all
   * @param owe notes it for a client that has not taken all that was sent before
   * @param send sends it to all others with this filter
   */
  private sendAll(
    concerns: (filter: Filter) => boolean,
    owe: (outbox: AlertsOutbox) => void,
    send: (to: Pick<FusionSocket, "emit">, filter: Filter) => void,
  ): void {
    const filters = new Map<string, Filter>();
    const busy: string[] = [];
    for (const [socket, outbox] of this.outboxes) {
      const { metrics } = socket.data.claims;
      if (!concerns(metrics)) continue;
      filters.set(roomOf(metrics), metrics);
      if (outbox.isReady) continue;
      busy.push(socket.id);
      owe(outbox);
    }
    for (const [room, filter] of filters) send(this.io.to(room).except(busy), filter);
  }
}

function roomOf(filter: Filter): string {
  return `alerts:${filterKey(filter)}`;
}
