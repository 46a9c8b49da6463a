import type { HistoryRange } from "../../src/protocol/history.js";
import { SPANS, type Span } from "./trendData.js";
import { MOST_METRICS } from "./trendLook.js";

/** How a trend is shown: what outlives its being hidden. */
export interface TrendViewMemory {
  /** A range that ends now, or one that stands; `null` where none was chosen, so that the one that fits is shown. */
  readonly range: Span | HistoryRange | null;
  readonly asTable: boolean;
}

export interface TrendMemory extends TrendViewMemory {
  /** Ids of the metrics whose trend is shown; none where it is closed. */
  readonly metrics: readonly string[];
}

export const NO_TREND: TrendMemory = { metrics: [], range: null, asTable: false };

/** The trend of other metrics; one that is opened anew, or closed, begins as every first one does. */
export function withMetrics(trend: TrendMemory, metrics: readonly string[]): TrendMemory {
  return trend.metrics.length === 0 || metrics.length === 0
    ? { ...NO_TREND, metrics }
    : { ...trend, metrics };
}

/** A trend as another version of the page may have remembered it; whatever is not as expected is dropped. */
export function parseTrendMemory(state: Readonly<Record<string, unknown>>): TrendMemory {
  const { metrics, range, asTable } = state;
  if (!Array.isArray(metrics)) return NO_TREND;
  return {
    metrics: metrics.filter((id) => typeof id === "string").slice(0, MOST_METRICS),
    range: isSpan(range) || isRange(range) ? range : null,
    asTable: asTable === true,
  };
}

export function isSpan(range: unknown): range is Span {
  return typeof range === "string" && Object.hasOwn(SPANS, range);
}

function isRange(range: unknown): range is HistoryRange {
  const { from, to } = (range ?? {}) as Readonly<Record<string, unknown>>;
  return Number.isFinite(from) && Number.isFinite(to) && Number(from) < Number(to);
}
