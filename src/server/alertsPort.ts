import type { Disposable } from "../core/disposable.js";
import { type Alert, FAILED_EMISSIONS } from "../protocol/alerts.js";
import type { Filter } from "./views.js";

/** What the server needs of the alerts. */
export interface AlertsPort {
  /** Alerts that fire, the most urgent first, then those that are over, the last one first. */
  list(): readonly Alert[];
  /** @param listener called with every alert that begins to fire or ends */
  onAlert(listener: (alert: Alert) => void): Disposable;
  /** @param listener called when anything in the list changes */
  onList(listener: () => void): Disposable;
}

/** The alerts on what the filter lets through; the emitter's own are for those who may see everything. */
export function alertsView(alerts: readonly Alert[], filter: Filter): readonly Alert[] {
  if (!filter) return alerts;
  return alerts.filter(({ metric }) => metric !== FAILED_EMISSIONS && filter.includes(metric));
}
