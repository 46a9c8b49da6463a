import type { Selection } from "../config/metricDefinition.js";
import { SourceError } from "../sources/sourceError.js";
import { addToFold, emptyFold, type Fold, foldLine, foldResult } from "./aggregate.js";
import { foldAll, resultOf } from "./documentExtraction.js";
import { attempt, type Extracted } from "./extracted.js";
import { compileQuery } from "./query.js";
import { cellValue, quoted } from "./scalar.js";
import { readTable, type Table } from "./table.js";

/** A row as a query sees it: texts by the columns' names. */
type RowObject = Readonly<Record<string, string>>;

/**
 * Evaluates selections over a table: the cells of a column but for blank ones, the rows, or a query over a list of rows.
 * Rows are only held where there is a query.
 * @throws SourceError where the table is damaged
 */
export function extractTable(
  text: string,
  format: "csv" | "tsv",
  selections: readonly Selection[],
): readonly Extracted[] {
  const table = readTable(text, format);
  const columns = selections.map(({ column }) => (column === null ? -1 : table.columns.indexOf(column)));
  const folds = selections.map(emptyFold);
  const rows: RowObject[] | null = selections.some(({ query }) => query !== null) ? [] : null;
  let count = 0;
  for (const { cells, line } of table.rows) {
    count++;
    rows?.push(Object.fromEntries(table.columns.map((name, index) => [name, cells[index] ?? ""])));
    for (const [index, fold] of folds.entries()) {
      const cell = cells[columns[index] ?? -1];
      if (cell !== undefined && cell.trim() !== "") folds[index] = addToFold(fold, cellValue(cell), line);
    }
  }
  return selections.map((selection, index) =>
    attempt(() => {
      const { query, column, aggregate } = selection;
      if (query !== null) {
        return { value: foldResult(queryRows(query, rows ?? []), aggregate), line: null };
      }
      if (column === null) return { value: rowCount(count, selection), line: null };
      if (columns[index] === -1) throw missingColumn(column, table);
      const fold = folds[index] ?? emptyFold();
      return { value: foldResult(fold, aggregate), line: foldLine(fold, aggregate) };
    }),
  );
}

function queryRows(expression: string, rows: readonly RowObject[]): Fold {
  const result = resultOf(compileQuery(expression).evaluate(rows), expression);
  const asNumber = (value: unknown) => (typeof value === "string" ? cellValue(value) : value);
  return foldAll(Array.isArray(result) ? result.map(asNumber) : asNumber(result));
}

function rowCount(count: number, { aggregate }: Selection): number {
  if (aggregate === "count") return count;
  throw new SourceError(
    `"${aggregate}" of a table needs a "column". Name one, or count the rows with "count".`,
  );
}

function missingColumn(column: string, { columns, line }: Table): SourceError {
  const names = columns.slice(0, MAX_NAMED_COLUMNS).map(quoted).join(", ");
  const more = columns.length > MAX_NAMED_COLUMNS ? " and more" : "";
  return new SourceError(`there is no column ${quoted(column)}. There are ${names}${more}.`, line);
}

const MAX_NAMED_COLUMNS = 10;
