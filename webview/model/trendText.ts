/** What the trend says in words, of metrics as the last snapshot describes them. */
import * as l10n from "@vscode/l10n";
import { displayValue, NO_VALUE } from "../../src/protocol/display.js";
import { timeFormat } from "../../src/protocol/formats.js";
import { ownEntry } from "../../src/protocol/ownEntry.js";
import type { Metric, MetricValue, Snapshot } from "../../src/protocol/snapshot.js";
import type { ChartData, Mark } from "../chart/chart.js";
import { begunAt, pointCount, rowAt, type Trend } from "./trendData.js";

/** A history that begins after this part of a range is said to. */
const LATE_PART = 0.05;

export class TrendText {
  constructor(
    private readonly metrics: Snapshot["metrics"],
    readonly locale: string,
  ) {}

  metric(id: string): Metric | undefined {
    return ownEntry(this.metrics, id);
  }

  label(id: string): string {
    return this.metric(id)?.label ?? id;
  }

  value(id: string, value: MetricValue): string {
    const metric = this.metric(id);
    return metric ? displayValue({ ...metric, value }, this.locale) : String(value ?? NO_VALUE);
  }

  /** @param at epoch milliseconds */
  time(at: number, timeStyle: "short" | "medium" = "short"): string {
    return timeFormat(this.locale, { dateStyle: "medium", timeStyle, hourCycle: "h23" }).format(at);
  }

  markTime({ at, end, isOver }: Mark): string {
    const begun = this.time(at, "medium");
    if (!isOver) return l10n.t("Since {0}", begun);
    return at === end ? begun : l10n.t("{0} to {1}", begun, this.time(end, "medium"));
  }

  /** @param now epoch milliseconds */
  summary(trend: Trend, now: number): string {
    const range = `${this.time(trend.from)} – ${this.time(trend.to)}.`;
    if (pointCount(trend) === 0) return range;
    const live = trend.span !== null || trend.to >= now;
    const parts = trend.series.map(({ metric, points }) => {
      const numbers = points.map(([, value]) => value).filter((value) => typeof value === "number");
      const label = this.label(metric);
      const last = this.value(metric, points.at(-1)?.[1] ?? null);
      if (numbers.length === 0) return l10n.t("{0}: {1}", label, last);
      const least = numbers.reduce((a, b) => Math.min(a, b));
      const most = numbers.reduce((a, b) => Math.max(a, b));
      const [from, to] = [this.value(metric, least), this.value(metric, most)];
      if (least === most && points.at(-1)?.[1] === most) return l10n.t("{0}: {1}, unchanged", label, last);
      if (least === most) {
        return live
          ? l10n.t("{0}: {1} now, {2} before", label, last, to)
          : l10n.t("{0}: {1} at the end, {2} before", label, last, to);
      }
      return live
        ? l10n.t("{0}: {1} now, between {2} and {3}", label, last, from, to)
        : l10n.t("{0}: {1} at the end, between {2} and {3}", label, last, from, to);
    });
    const begun = begunAt(trend);
    const late = begun !== null && begun > trend.from + (trend.to - trend.from) * LATE_PART;
    const since = late ? ` ${l10n.t("Recorded since {0}.", this.time(begun))}` : "";
    return `${range} ${parts.join("; ")}.${since}`;
  }

  /** What holds at a moment (epoch milliseconds), and what is noted near it. */
  readout({ series, from, to }: Trend, { times, lines, marks }: ChartData, at: number): string {
    const row = rowAt(times, at);
    const values = series.map(({ metric }, index) => {
      return l10n.t("{0}: {1}", this.label(metric), this.value(metric, lines[index]?.values[row] ?? null));
    });
    const near = (to - from) / 100;
    const noted = marks.filter((mark) => at > mark.at - near && at < mark.end + near);
    return [this.time(at), ...values, ...noted.map(({ text }) => text)].join(" · ");
  }
}
