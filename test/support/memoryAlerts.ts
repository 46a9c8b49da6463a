import { EventSource } from "../../src/core/event.js";
import type { Alert } from "../../src/protocol/alerts.js";
import type { AlertsPort } from "../../src/server/alertsPort.js";

const SINCE = "2025-11-08T17:40:38.902Z";

/** An alert that fires, with changes. */
export function alert(changes: Partial<Alert> = {}): Alert {
  const { metric = "revenue" } = changes;
  return {
    id: `${metric}:below:10000`,
    metric,
    severity: "warning",
    state: "firing",
    message: `${metric} is $9,800, below $10,000.`,
    parts: null,
    value: 9_800,
    since: SINCE,
    resolvedAt: null,
    muted: false,
    ...changes,
  };
}

/** Alerts without a stream: they fire when a test tells them to. */
export class MemoryAlerts implements AlertsPort {
  private alerts: readonly Alert[] = [];
  private readonly fail = (error: unknown) => {
    throw error;
  };
  private readonly turns = new EventSource<Alert>(this.fail);
  private readonly lists = new EventSource<void>(this.fail);

  list(): readonly Alert[] {
    return this.alerts;
  }

  fire(next: Alert): void {
    this.alerts = [next, ...this.alerts.filter(({ id }) => id !== next.id)];
    this.turns.fire(next);
    this.lists.fire();
  }

  onAlert(listener: (alert: Alert) => void) {
    return this.turns.subscribe(listener);
  }

  onList(listener: () => void) {
    return this.lists.subscribe(listener);
  }
}
