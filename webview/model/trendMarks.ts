/** What is noted on the trend's time line. */
import type { Alert } from "../../src/protocol/alerts.js";
import type { Mark } from "../chart/chart.js";
import { alertSentence } from "./alerts.js";
import type { Trend } from "./trendData.js";

/** Alerts on the metrics shown and commits, as far as they lie in the range, in the order of time. */
export function marksOf(
  { from, to, series, commits }: Trend,
  alerts: readonly Alert[],
  locale: string,
): Mark[] {
  const fired = alerts
    .filter((alert) => series.some(({ metric }) => metric === alert.metric))
    .map((alert): Mark => {
      const { since, resolvedAt } = alert;
      // One that still fires reaches to the end of what is shown.
      const end = resolvedAt === null ? to : Date.parse(resolvedAt);
      const text = alertSentence(alert, locale);
      return { at: Date.parse(since), end, isOver: resolvedAt !== null, kind: "alert", text };
    });
  const committed = commits.map(({ time, hash, subject }): Mark => {
    return { at: time, end: time, isOver: true, kind: "commit", text: `${hash.slice(0, 7)} ${subject}` };
  });
  return [...fired, ...committed]
    .filter(({ at, end }) => at <= to && end >= from)
    .sort((a, b) => a.at - b.at);
}
