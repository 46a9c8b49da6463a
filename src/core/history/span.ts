import type { HistoryRange } from "../../protocol/history.js";
import { MAX_INTERVAL_MINUTES } from "../../protocol/interval.js";
import { MINUTE_MS } from "./rollup.js";

/** Observations further apart (ms) than the longest interval and a bit have a time between them that nobody observed. */
const PAUSE_MS = (MAX_INTERVAL_MINUTES + 1) * MINUTE_MS;

/** A time that nobody observed: from the last observation before it to the first after it. */
export interface Gap {
  readonly after: number;
  /** `Infinity` where no observation followed. */
  readonly until: number;
}

/** Whether an observation continues the span, with nothing missed in between. A clock set back begins a new span. */
export function continues(span: HistoryRange | null, at: number): span is HistoryRange {
  return span !== null && at >= span.to && at - span.to <= PAUSE_MS;
}

/**
 * The gaps between spans.
 * @param spans by their beginning; they may overlap where the clock was set back
 * @param to how far is looked; a last observation only just before it leaves no gap
 */
export function gapsBetween(spans: Iterable<HistoryRange>, to: number): Gap[] {
  const gaps: Gap[] = [];
  let end: number | null = null;
  for (const span of spans) {
    if (end !== null && span.from > end) gaps.push({ after: end, until: span.from });
    end = Math.max(end ?? span.to, span.to);
  }
  if (end !== null && to - end > PAUSE_MS) gaps.push({ after: end, until: Number.POSITIVE_INFINITY });
  return gaps;
}
