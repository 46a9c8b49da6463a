import type { Alert } from "../../protocol/alerts.js";
import type { Clock } from "../clock.js";
import type { Disposable } from "../disposable.js";

/** A burst of alerts is one digest: what fires within this time (ms) of the first. */
export const BURST_MS = 1_000;

/** For so long (ms) at most the next digest waits for the one that is shown. */
export const PATIENCE_MS = 60_000;

/** An alert is not shown again within this time (ms). */
export const REPEAT_MS = 10 * 60_000;

export interface AlertDigestOptions {
  readonly clock: Clock;
  /** Which of the alerts gathered still want to be shown; asked at the last moment. */
  readonly pending: (alerts: readonly Alert[]) => readonly Alert[];
  /** Shows these alerts, of which there is at least one, together; settles when they are no longer in view. */
  readonly show: (alerts: readonly Alert[]) => Promise<void>;
}

/** Gathers alerts so that a burst of them is shown as one, and never a pile. */
export class AlertDigest implements Disposable {
  private readonly gathered = new Map<string, Alert>();
  private readonly shownAt = new Map<string, number>();
  private timer: Disposable | null = null;
  /** Until when (ms of the steady clock) to wait for the digest in view. */
  private busyUntil = Number.NEGATIVE_INFINITY;
  private shown = 0;

  constructor(private readonly options: AlertDigestOptions) {}

  /** Takes in an alert that begins to fire. */
  add(alert: Alert): void {
    const now = this.options.clock.monotonic();
    if (now - (this.shownAt.get(alert.id) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return;
    this.gathered.set(alert.id, alert);
    if (!this.timer) this.wait(Math.max(BURST_MS, this.busyUntil - now));
  }

  /** Begins anew with the alerts of another folder, of which one may have the id of one here. */
  forget(): void {
    this.gathered.clear();
    this.shownAt.clear();
  }

  dispose(): void {
    this.timer?.dispose();
    this.gathered.clear();
  }

  private wait(ms: number): void {
    this.timer = this.options.clock.schedule(ms, () => this.show());
  }

  private show(): void {
    this.timer = null;
    const { clock, pending, show } = this.options;
    const alerts = pending([...this.gathered.values()]);
    this.gathered.clear();
    if (alerts.length === 0) return;
    const now = clock.monotonic();
    for (const [id, at] of this.shownAt) if (now - at >= REPEAT_MS) this.shownAt.delete(id);
    for (const { id } of alerts) this.shownAt.set(id, now);
    this.busyUntil = now + PATIENCE_MS;
    this.shown++;
    const { shown } = this;
    const over = () => {
      if (shown === this.shown) this.becomeFree();
    };
    show(alerts).then(over, over);
  }

  private becomeFree(): void {
    this.busyUntil = Number.NEGATIVE_INFINITY;
    if (!this.timer) return;
    this.timer.dispose();
    this.timer = null;
    if (this.gathered.size > 0) this.wait(BURST_MS);
  }
}
