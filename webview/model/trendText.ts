/** What the trend says in words, of metrics as the last snapshot describes them. */
import * as l10n from "@vscode/l10n";
import { displayValue, NO_VALUE } from "../../src/protocol/display.js";
import type { Metric, MetricValue, Snapshot } from "../../src/protocol/snapshot.js";
import type { Mark } from "../chart/chart.js";
import { entryOf } from "./metricMemory.js";
import { type AlignedSeries, pointCount, type Trend } from "./trendData.js";

export class TrendText {
  constructor(
    private readonly metrics: Snapshot["metrics"],
    readonly locale: string,
  ) {}

  metric(id: string): Metric | undefined {
    return entryOf(this.metrics, id);
  }

  label(id: string): string {
    return this.metric(id)?.label ?? id;
  }

  value(id: string, value: MetricValue): string {
    const metric = this.metric(id);
    return metric ? displayValue({ ...metric, value }, this.locale) : String(value ?? NO_VALUE);
  }

  /** @param at epoch milliseconds */
  time(at: number): string {
    return new Intl.DateTimeFormat(this.locale, { dateStyle: "medium", timeStyle: "short" }).format(at);
  }

  markTime({ at, end }: Mark): string {
    return at === end ? this.time(at) : l10n.t("{0} to {1}", this.time(at), this.time(end));
  }

  summary(trend: Trend): string {
    const range = `${this.time(trend.from)} – ${this.time(trend.to)}.`;
    if (pointCount(trend) === 0) return range;
    const parts = trend.series.map(({ metric, points }) => {
      const numbers = points.map(([, value]) => value).filter((value) => typeof value === "number");
      const label = this.label(metric);
      const last = this.value(metric, points.at(-1)?.[1] ?? null);
      if (numbers.length === 0) return l10n.t("{0}: {1}", label, last);
      const least = numbers.reduce((a, b) => Math.min(a, b));
      const most = numbers.reduce((a, b) => Math.max(a, b));
      const [from, to] = [this.value(metric, least), this.value(metric, most)];
      return l10n.t("{0}: {1} now, between {2} and {3}", label, last, from, to);
    });
    return `${range} ${parts.join("; ")}.`;
  }

  /** What holds at a moment (epoch milliseconds), and what is noted near it. */
  readout(
    { series, from, to }: Trend,
    { times, columns }: AlignedSeries,
    marks: readonly Mark[],
    at: number,
  ): string {
    const row = times.findLastIndex((time) => time <= at);
    const values = series.map(({ metric }, index) => {
      return `${this.label(metric)}: ${this.value(metric, columns[index]?.[row] ?? null)}`;
    });
    const near = (to - from) / 100;
    const noted = marks.filter((mark) => at > mark.at - near && at < mark.end + near);
    return [this.time(at), ...values, ...noted.map(({ text }) => text)].join(" · ");
  }
}
