import { FRAME, formatRow, formatSpan } from "./exchangeRow.js";
import type { HistoryStore } from "./historyStore.js";
import type { ExportRequest } from "./messages.js";

/** Rows in one piece: a millisecond or two of work. */
const PIECE_ROWS = 1_000;

/**
 * A range of the history as a file, piece by piece, with the changes that held when it began, at their own times. Where
 * single changes are no longer kept, those that are known still.
 */
export function* exportPieces(
  store: HistoryStore,
  { range, format, metrics }: ExportRequest,
): Generator<string> {
  yield FRAME[format].begin;
  const spans = store.spans(range).map(({ from, to }) => ({
    from: Math.max(from, range.from),
    to: Math.min(to, range.to),
  }));
  yield spans.map((span) => formatSpan(span, format)).join("");
  for (const metric of store.metrics()) {
    if (metrics && !metrics.includes(metric)) continue;
    const history = store.metric(metric);
    if (history === null) continue;
    const carried = history.lastUntil(range.from - 1);
    if (carried) yield formatRow({ metric, point: carried }, format);
    let { from } = range;
    for (;;) {
      const points = history.page(from, range.to + 1, PIECE_ROWS);
      const last = points.at(-1);
      if (!last) break;
      yield points.map((point) => formatRow({ metric, point }, format)).join("");
      if (points.length < PIECE_ROWS) break;
      from = last[0] + 1;
    }
  }
  yield FRAME[format].end;
}
