/** What a card says beside its value. */
import * as l10n from "@vscode/l10n";
import { displayDelta, displayPercentChange, displayValue } from "../../src/protocol/display.js";
import type { HistorySeries } from "../../src/protocol/history.js";
import type { Metric, Snapshot } from "../../src/protocol/snapshot.js";
import { priorityCounts } from "./insights.js";
import type { Change } from "./metricMemory.js";
import { endsOf } from "./sparkline.js";
import { distance, moment } from "./time.js";

/** Metrics of which more is known to be better; the direction of any other one is not judged. */
const MORE_IS_BETTER: ReadonlySet<string> = new Set(["memos", "revenue", "projectProgress", "commits"]);

export interface Delta {
  readonly direction: "up" | "down";
  readonly tone: "good" | "bad" | "neutral";
  /** "$450 · 3.8 %" */
  readonly text: string;
}

export function deltaOf(
  id: string,
  metric: Metric,
  change: Change | undefined,
  locale: string,
): Delta | null {
  if (!change || metric.value === null) return null;
  const difference = displayDelta(change.from, change.to, metric, locale);
  if (!difference) return null;
  // Of a count, the percentage is noise: one memo more is one memo more.
  const percent = metric.format === "currency" ? displayPercentChange(change.from, change.to, locale) : null;
  return {
    direction: difference.direction,
    tone: toneOf(id, difference.direction),
    text: percent ? l10n.t("{0} · {1}", difference.text, percent) : difference.text,
  };
}

function toneOf(id: string, direction: "up" | "down"): Delta["tone"] {
  if (!MORE_IS_BETTER.has(id)) return "neutral";
  return direction === "up" ? "good" : "bad";
}

export interface DayChange {
  readonly direction: Delta["direction"] | "same";
  readonly tone: Delta["tone"];
  /** "3.8 % in 24 h" */
  readonly text: string;
}

/** How a card shows the way of its metric to where it is: numbers as a line, words as a strip; dates have none. */
export function recentLook({ value, format, concealed }: Metric): "line" | "strip" | null {
  if (concealed || format === "date") return null;
  return typeof value === "string" || format === "text" ? "strip" : "line";
}

/** How a metric changed over a series; `null` where the value at either end is not known. */
export function dayChangeOf(
  id: string,
  metric: Metric,
  series: HistorySeries,
  locale: string,
): DayChange | null {
  const ends = endsOf(series.points, series);
  if (!ends) return null;
  const { first, last } = ends;
  const same = { direction: "same", tone: "neutral" } as const;
  if (typeof first === "string" || typeof last === "string") {
    const before = displayValue({ ...metric, value: first }, locale);
    // Of many words the history leaves some out: whether there was another one between cannot be told.
    return { ...same, text: first === last ? l10n.t("Same as 24 h ago") : l10n.t("{0} 24 h ago", before) };
  }
  const difference = displayDelta(first, last, metric, locale);
  if (!difference) {
    const steady = series.points.every(([at, value]) => at < series.from || value === last);
    return { ...same, text: steady ? l10n.t("No change in 24 h") : l10n.t("Same as 24 h ago") };
  }
  // A percentage of percentages would be read as points.
  const percent = metric.format === "percent" ? null : displayPercentChange(first, last, locale);
  const { direction } = difference;
  return { direction, tone: toneOf(id, direction), text: l10n.t("{0} in 24 h", percent ?? difference.text) };
}

/** The quiet line at the card's foot; `null` where there is nothing to say. */
export function detailOf(
  id: string,
  metric: Metric,
  change: Change | undefined,
  snapshot: Snapshot,
  now: number,
  locale: string,
): string | null {
  if (metric.value === null || metric.concealed) return null;
  if (id === "driveSync" && snapshot.driveSyncLastSync) {
    return l10n.t("last synced {0}", moment(snapshot.driveSyncLastSync, now, locale));
  }
  if (metric.format === "date") return distance(metric.value, now, locale);
  if (id === "recommendations" && snapshot.insights.length > 0) return priorityCounts(snapshot.insights);
  if (typeof change?.from === "string") {
    return l10n.t("was {0}", displayValue({ ...metric, value: change.from }, locale));
  }
  return null;
}

/** A value as a card shows it: the figure large, a unit in words small beside it. */
export interface ValueParts {
  readonly figure: string;
  readonly unit: string | null;
}

export function valueParts(metric: Metric, locale: string): ValueParts {
  const text = displayValue(metric, locale);
  const end = ` ${metric.unit}`;
  if (!metric.unit || typeof metric.value !== "number" || !text.endsWith(end))
    return { figure: text, unit: null };
  return { figure: text.slice(0, -end.length), unit: metric.unit };
}

/** Why a value is old or missing. */
export function troubleOf(metric: Metric, now: number, locale: string): string | null {
  if (metric.value === null) return metric.error ?? l10n.t("Not available");
  if (metric.staleSince === null) return metric.error;
  const since = l10n.t("Stale since {0}", moment(metric.staleSince, now, locale));
  return metric.error ? l10n.t("{0}: {1}", since, metric.error) : since;
}

/** The last part of a path, with its line where one is known. */
export function locationText(source: NonNullable<Metric["source"]>): string {
  const name = source.file.slice(source.file.lastIndexOf("/") + 1);
  return source.line === null ? name : `${name}:${source.line}`;
}
