/** What clients ask of the history, the same over HTTP and over Socket.IO. */
import type { Refusal } from "../protocol/events.js";
import {
  type Commit,
  DEFAULT_HISTORY_POINTS,
  type HistoryRange,
  type HistorySeries,
  MAX_HISTORY_POINTS,
} from "../protocol/history.js";
import { withDeadline } from "./deadline.js";
import type { HistoryPort } from "./historyPort.js";
import { parseInstant } from "./instant.js";
import { refusal } from "./refusal.js";
import type { StreamPort } from "./streamPort.js";
import type { Filter } from "./views.js";

/** An answer that takes longer (ms) is not waited for. */
const DEADLINE_MS = 10_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** Characters of a name: no metric's is longer. */
const MAX_NAME_LENGTH = 1_000;

const TIME_FORM = "epoch milliseconds or ISO 8601 with a zone, such as 2025-11-08T17:40:38Z";

/** The history of a metric, as `{metric, from, to, points}` asks for it. Rejects where it cannot be had now. */
export async function metricHistory(
  history: HistoryPort,
  stream: StreamPort,
  filter: Filter,
  request: unknown,
): Promise<{ readonly ok: true; readonly data: HistorySeries } | Refusal> {
  const { metric, points } = fieldsOf(request);
  if (typeof metric !== "string" || metric === "" || metric.length > MAX_NAME_LENGTH) {
    return refusal("BAD_REQUEST", '"metric" must be the id of a metric.');
  }
  const range = rangeOf(request);
  if ("error" in range) return range;
  const count = isMissing(points) ? DEFAULT_HISTORY_POINTS : pointsOf(points);
  if (count === null) {
    return refusal("BAD_REQUEST", `"points" must be a whole number from 1 to ${MAX_HISTORY_POINTS}.`);
  }
  // What a token may not see is refused in the same words as what does not exist.
  const unknown = refusal("NOT_FOUND", "There is no such metric.");
  if (filter && !filter.includes(metric)) return unknown;
  const data = await inTime(history.query({ metric, ...range, points: count }));
  if (data.points.length > 0 || Object.hasOwn(stream.latest?.metrics ?? {}, metric))
    return { ok: true, data };
  return (await inTime(history.metrics())).includes(metric) ? { ok: true, data } : unknown;
}

/** The commits of the range that `{from, to}` names. Rejects where git cannot tell. */
export async function commitsBetween(
  history: HistoryPort,
  filter: Filter,
  request: unknown,
): Promise<{ readonly ok: true; readonly data: { readonly commits: readonly Commit[] } } | Refusal> {
  if (filter) return refusal("FORBIDDEN", "Commits are for tokens that see every metric.");
  const range = rangeOf(request);
  if ("error" in range) return range;
  return { ok: true, data: { commits: await inTime(history.commits(range)) } };
}

function inTime<T>(answer: Promise<T>): Promise<T> {
  return withDeadline(answer, DEADLINE_MS, `The history took longer than ${DEADLINE_MS / 1_000} s.`);
}

function fieldsOf(request: unknown): Readonly<Partial<Record<string, unknown>>> {
  return typeof request === "object" && request !== null ? { ...request } : {};
}

/** A field that is left out, or empty as in `?from=`. */
function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

function rangeOf(request: unknown): HistoryRange | Refusal {
  const fields = fieldsOf(request);
  const to = isMissing(fields.to) ? Date.now() : parseInstant(fields.to);
  if (to === null) return refusal("BAD_REQUEST", `"to" must be a time: ${TIME_FORM}.`);
  const from = isMissing(fields.from) ? Math.max(to - DAY_MS, -8.64e15) : parseInstant(fields.from);
  if (from === null) return refusal("BAD_REQUEST", `"from" must be a time: ${TIME_FORM}.`);
  if (from > to) return refusal("BAD_REQUEST", '"from" must not be after "to".');
  return { from, to };
}

function pointsOf(value: unknown): number | null {
  const points = typeof value === "string" && /^\d{1,4}$/.test(value) ? Number(value) : value;
  return Number.isInteger(points) && Number(points) >= 1 && Number(points) <= MAX_HISTORY_POINTS
    ? Number(points)
    : null;
}
