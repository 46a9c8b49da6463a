import type {
  HistoryFormat,
  HistoryImport,
  HistoryPoint,
  HistoryRange,
  HistoryStats,
} from "../../protocol/history.js";
import type { MetricValue } from "../../protocol/snapshot.js";
import type { ClockReading } from "./confirmedClock.js";
import type { BoundedQuery } from "./query.js";
import type { Gap } from "./span.js";

/** Values as they cross between threads: numbers in one buffer that is handed over, and not copied. */
export interface PackedValues {
  /** `NaN` where the value is a text or `null`. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** As long as the numbers; `null` where all others are `null`. */
  readonly texts: readonly (string | null)[] | null;
}

export interface PackedPoints extends PackedValues {
  readonly times: Float64Array<ArrayBuffer>;
}

export interface ExportRequest {
  readonly range: HistoryRange;
  readonly format: HistoryFormat;
  /** Ids; `null` for all. */
  readonly metrics: readonly string[] | null;
}

/** What the worker is asked, by name, and what it answers. */
export interface HistoryRequests {
  record: {
    ask: { at: number; ids: readonly string[]; values: PackedValues; unread: readonly string[] };
    answer: null;
  };
  query: { ask: BoundedQuery; answer: PackedPoints };
  maintain: { ask: { clock: ClockReading; retentionMs: number | null }; answer: null };
  stats: { ask: null; answer: HistoryStats };
  metrics: { ask: null; answer: readonly string[] };
  gaps: { ask: HistoryRange; answer: readonly Gap[] };
  beginExport: { ask: ExportRequest; answer: number };
  /** The next piece of an export; `null` at its end. */
  continueExport: { ask: number; answer: Uint8Array<ArrayBuffer> | null };
  endExport: { ask: number; answer: null };
  beginImport: { ask: HistoryFormat; answer: number };
  continueImport: { ask: { id: number; bytes: Uint8Array; last: boolean }; answer: HistoryImport };
  endImport: { ask: number; answer: null };
  close: { ask: null; answer: null };
}

export type RequestKind = keyof HistoryRequests;

export type HistoryRequest = {
  [K in RequestKind]: { readonly id: number; readonly kind: K; readonly ask: HistoryRequests[K]["ask"] };
}[RequestKind];

export type HistoryAnswer =
  | { readonly id: number; readonly ok: true; readonly answer: unknown }
  | { readonly id: number; readonly ok: false; readonly reason: string }
  | { readonly trouble: string };

/** What the worker needs to begin with. */
export interface HistoryWorkerData {
  /** Absolute path of the database. */
  readonly file: string;
}

export function packValues(values: readonly MetricValue[]): PackedValues {
  const numbers = Float64Array.from(values, (value) => (typeof value === "number" ? value : Number.NaN));
  const texts = values.some((value) => typeof value === "string")
    ? values.map((value) => (typeof value === "string" ? value : null))
    : null;
  return { numbers, texts };
}

export function unpackValue({ numbers, texts }: PackedValues, index: number): MetricValue {
  const number = numbers[index] ?? Number.NaN;
  return Number.isNaN(number) ? (texts?.[index] ?? null) : number;
}

export function packPoints(points: readonly HistoryPoint[]): PackedPoints {
  return { times: Float64Array.from(points, ([at]) => at), ...packValues(points.map(([, value]) => value)) };
}

export function unpackPoints(packed: PackedPoints): HistoryPoint[] {
  return Array.from(packed.times, (at, index) => [at, unpackValue(packed, index)] as const);
}
