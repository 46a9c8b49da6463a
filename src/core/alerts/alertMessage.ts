import type { AlertCondition } from "../../protocol/alerts.js";
import { displayValue } from "../../protocol/display.js";
import type { Metric, MetricValue, ValueDisplay } from "../../protocol/snapshot.js";

/** A metric as a sentence names it. */
export type Named = ValueDisplay & Pick<Metric, "label" | "error">;

const LOCALE = "en";

/** What made an alert fire, in one sentence. */
export function firingMessage(condition: AlertCondition, metric: Named, value: MetricValue): string {
  const { label } = metric;
  const shown = written(value, metric);
  switch (condition.kind) {
    case "below":
    case "above":
      return `${label} is ${shown}, ${condition.kind} ${written(condition.threshold, metric)}.`;
    case "becomes":
      return `${label} is ${shown}.`;
    case "risesBy":
    case "fallsBy": {
      const { kind, amount, percent, withinMs } = condition;
      const verb = kind === "risesBy" ? "rose" : "fell";
      const by = percent ? `${amount} %` : written(amount, metric);
      const within = withinMs === null ? "" : ` within ${duration(withinMs)}`;
      return `${label} ${verb} by ${by} or more${within}, to ${shown}.`;
    }
    case "noDataFor": {
      const why = metric.error === null ? "." : `: ${metric.error}`;
      return `${label} has had no data for ${duration(condition.ms)}${why}`;
    }
  }
}

/** What ended an alert, in one sentence. */
export function resolvedMessage(condition: AlertCondition, metric: Named, value: MetricValue): string {
  const shown = written(value, metric);
  return condition.kind === "noDataFor"
    ? `${metric.label} has data again: ${shown}.`
    : `${metric.label} is ${shown} now.`;
}

function written(value: MetricValue, { format, ...rest }: ValueDisplay): string {
  // The distance between two dates, and a number that a text is compared with, are no dates and no texts.
  const fits = typeof value === "number" && format === "text" ? "number" : format;
  return displayValue({ ...rest, format: fits, value }, LOCALE);
}

function duration(ms: number): string {
  return displayValue({ value: ms / 1000, format: "duration", unit: null }, LOCALE);
}
