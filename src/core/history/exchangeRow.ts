import type { HistoryFormat, HistoryPoint, HistoryRange } from "../../protocol/history.js";
import type { HistoryRow } from "./historyStore.js";

/** The columns of an exported table. A row of kind `observed` is a time in which all was observed, up to its value. */
export const COLUMNS = ["metric", "time", "kind", "value"] as const;

export type RowKind = "number" | "text" | "unavailable" | "observed";

/** How an exported file begins and ends; between them stands one row a line. */
export const FRAME: Record<HistoryFormat, { readonly begin: string; readonly end: string }> = {
  csv: { begin: `${COLUMNS.join(",")}\r\n`, end: "" },
  json: { begin: '[{"format":"fusion-history","version":1}\n', end: "]\n" },
};

/**
 * Where a spreadsheet would begin to calculate, at the beginning of a text or, where it separates cells by semicolons or
 * tabs, within; and where the guard itself stands.
 */
const GUARDED = /^(?=[\t\r\n])|(?<=^|[;\t\r\n])(?="*[=+\-@'])/g;
const GUARD = "'";
const GUARDS = /(?<=^|[;\t\r\n])'/g;

export function formatRow({ metric, point }: HistoryRow, format: HistoryFormat): string {
  const [at, value] = point;
  const time = new Date(at).toISOString();
  if (format === "json") return `,${JSON.stringify({ metric, time, value })}\n`;
  return csvLine([
    guarded(metric),
    time,
    kindOf(point),
    typeof value === "string" ? guarded(value) : String(value ?? ""),
  ]);
}

export function formatSpan({ from, to }: HistoryRange, format: HistoryFormat): string {
  const [begun, ended] = [new Date(from).toISOString(), new Date(to).toISOString()];
  if (format === "json") return `,${JSON.stringify({ observed: { from: begun, to: ended } })}\n`;
  return csvLine(["", begun, "observed", ended]);
}

/** The text of a cell without the guards that its export gave it. */
export function unguarded(cell: string): string {
  return cell.replace(GUARDS, "");
}

function guarded(text: string): string {
  return text.replace(GUARDED, GUARD);
}

function kindOf([, value]: HistoryPoint): RowKind {
  if (value === null) return "unavailable";
  return typeof value === "number" ? "number" : "text";
}

/** RFC 4180. What other programs would drop or take for separators is quoted too. */
function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\r\n`;
}
