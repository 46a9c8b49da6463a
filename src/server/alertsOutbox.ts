import type { Socket as EngineSocket } from "engine.io";
import type { Clock } from "../core/clock.js";
import type { Disposable } from "../core/disposable.js";
import type { Alert } from "../protocol/alerts.js";
import { isIdle, terminate } from "./engineConnection.js";
import { STALLED_MS } from "./outbox.js";

/** So many alerts are kept for a slow client, the last ones: the list tells of the others. */
export const MOST_OWED = 20;

/** Keeps alerts for a slow client until it has taken what was sent: the last ones, and of the lists only the newest. */
export class AlertsOutbox implements Disposable {
  private alerts: readonly Alert[] = [];
  private lacksList = false;
  private stalled: Disposable | null = null;

  constructor(
    private readonly conn: EngineSocket,
    private readonly sendAlert: (alert: Alert) => void,
    private readonly sendNewestList: () => void,
    private readonly clock: Clock,
  ) {}

  /** Whether the client has taken all that was sent before. */
  get isReady(): boolean {
    return !this.lacksSomething && isIdle(this.conn);
  }

  oweAlert(alert: Alert): void {
    this.alerts = [...this.alerts, alert].slice(-MOST_OWED);
    this.owe();
  }

  oweList(): void {
    this.lacksList = true;
    this.owe();
  }

  dispose(): void {
    this.endWait();
    this.alerts = [];
    this.lacksList = false;
  }

  private get lacksSomething(): boolean {
    return this.lacksList || this.alerts.length > 0;
  }

  /** Listens only while something is owed: a client that keeps up costs nothing here. */
  private owe(): void {
    if (!this.stalled) {
      this.stalled = this.clock.schedule(STALLED_MS, () => terminate(this.conn));
      this.conn.transport.on("ready", this.deliver);
      this.conn.on("upgrade", this.follow);
    }
    this.deliver();
  }

  private endWait(): void {
    this.stalled?.dispose();
    this.stalled = null;
    this.conn.transport.off("ready", this.deliver);
    this.conn.off("upgrade", this.follow);
  }

  private readonly deliver = (): void => {
    if (!this.lacksSomething || !isIdle(this.conn)) return;
    this.endWait();
    const { alerts, lacksList } = this;
    this.alerts = [];
    this.lacksList = false;
    for (const alert of alerts) this.sendAlert(alert);
    if (lacksList) this.sendNewestList();
  };

  private readonly follow = (): void => {
    this.conn.transport.on("ready", this.deliver);
    this.deliver();
  };
}
