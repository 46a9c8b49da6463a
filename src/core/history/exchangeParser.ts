import type { HistoryFormat, HistoryRange } from "../../protocol/history.js";
import { isKept, quoted } from "../formats/scalar.js";
import { readTable } from "../formats/table.js";
import { SourceError } from "../sources/sourceError.js";
import { COLUMNS, type RowKind, unguarded } from "./exchangeRow.js";
import type { HistoryRow } from "./historyStore.js";

/** What one line of an imported file says: a change, a time that was observed, or nothing to be kept. */
export type ParsedRow = HistoryRow | HistoryRange | null;

const FORM = "Expected metric, time and value.";

/** Reads one line of an imported file; a CSV's first line names the columns, in any order. */
export class ExchangeParser {
  private header: string | null = null;
  private listIsOpen = false;

  constructor(private readonly format: HistoryFormat) {}

  /** Whether a JSON list has begun whose end has not come yet. */
  get isWithinList(): boolean {
    return this.listIsOpen;
  }

  /** @throws SourceError with the reason in words, for a line that is refused */
  parse(record: string): ParsedRow[] {
    if (record.trim() === "") return [];
    return this.format === "json" ? this.parseJson(record) : this.parseCsv(record);
  }

  private parseCsv(record: string): ParsedRow[] {
    if (this.header === null) {
      const { columns } = readTable(record, "csv");
      const missing = COLUMNS.find((name) => !columns.includes(name));
      if (missing) throw new SourceError(`the column ${quoted(missing)} is missing.`);
      this.header = record;
      return [];
    }
    const { columns, rows } = readTable(`${this.header}\n${record}`, "csv");
    return [...rows].map(({ cells }) => {
      const [metric, time, kind, value] = COLUMNS.map((name) => cells[columns.indexOf(name)] ?? "");
      return parseCells(unguarded(metric ?? ""), time ?? "", kind as RowKind, value ?? "");
    });
  }

  /** One object a line, after the comma that the export puts before it; a list in one line is taken as well. */
  private parseJson(record: string): ParsedRow[] {
    const text = record.trim().replace(/^,/, "").replace(/,$/, "");
    const opens = text.startsWith("[");
    const closes = text.endsWith("]");
    if (opens !== closes) this.listIsOpen = opens;
    if (text === "]" || text === "[") return [];
    const parsed = jsonOf(opens === closes ? text : opens ? `${text}]` : `[${text}`);
    return Array.isArray(parsed) ? parsed.map(parseObject) : [parseObject(parsed)];
  }
}

function parseCells(metric: string, time: string, kind: RowKind, value: string): ParsedRow {
  const at = timeOf(time);
  switch (kind) {
    case "observed":
      return rangeOf(at, timeOf(value));
    case "number":
      return rowOf(metric, at, numberOf(value));
    case "text":
      return rowOf(metric, at, unguarded(value));
    case "unavailable":
      if (value !== "") throw new SourceError("a value stands where none is due.");
      return rowOf(metric, at, null);
    default:
      throw new SourceError(`${quoted(kind)} is not a kind. Expected number, text, unavailable or observed.`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text, exactNumbers as (this: unknown, key: string, value: unknown) => unknown);
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError("this is not JSON. Each row stands in a line of its own.");
  }
}

/** Where the engine tells what was written, a number that it had to change is refused. */
function exactNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value === "number" && context?.source !== undefined) return numberOf(context.source);
  return value;
}

function parseObject(row: unknown): ParsedRow {
  if (typeof row !== "object" || row === null) throw new SourceError(`this is not a row. ${FORM}`);
  const { metric, time, value, observed, format } = row as Record<string, unknown>;
  if (format === "fusion-history") return null;
  if (typeof observed === "object" && observed !== null) {
    const { from, to } = observed as Record<string, unknown>;
    return rangeOf(timeOf(from), timeOf(to));
  }
  if (value !== null && typeof value !== "string" && !Number.isFinite(value)) {
    throw new SourceError(`the value is no number, text or null. ${FORM}`);
  }
  return rowOf(metric, timeOf(time), value as number | string | null);
}

function rowOf(metric: unknown, at: number, value: number | string | null): HistoryRow {
  if (typeof metric !== "string" || metric === "") throw new SourceError(`the metric has no name. ${FORM}`);
  return { metric, point: [at, value] };
}

function rangeOf(from: number, to: number): HistoryRange {
  if (to < from) throw new SourceError("the time ends before it begins.");
  return { from, to };
}

const ISO_TIME = /^((?:[+-]\d{6}|\d{4})-\d\d-(\d\d))T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

function timeOf(time: unknown): number {
  const [whole = "", date = "", day] = (typeof time === "string" && ISO_TIME.exec(time)) || [];
  const at = Date.parse(whole);
  // V8 takes February 30th for a day in March.
  if (Number.isNaN(at) || new Date(date).getUTCDate() !== Number(day)) {
    throw new SourceError(`${quoted(String(time))} is not a time such as 2025-11-08T17:40:38.902Z.`);
  }
  return at;
}

const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** The number that was written; none that had to be rounded to a neighbouring whole number, or to 0. */
function numberOf(text: string): number {
  if (!NUMBER.test(text) || !isKept(text)) {
    throw new SourceError(`${quoted(text)} is not a number that can be kept exactly.`);
  }
  return Number(text);
}
