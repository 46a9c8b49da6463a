import { MAX_COLUMN } from "../config/selection.js";
import { cellValue } from "../formats/scalar.js";
import { readTable } from "../formats/table.js";
import type { LabelWords } from "./labelWords.js";
import { fieldsOf } from "./listFields.js";
import { type ListReading, listProposals } from "./listProposals.js";
import { hasDecimalComma, hasOnlyThousands } from "./numberSeparators.js";
import { type Draft, WHOLE_FILE } from "./proposal.js";
import { literalText, pathText } from "./queryText.js";

/** Of a longer table the last rows tell of the others. */
const SAMPLE = 200;

/** Columns are read far sooner than what a query gives. */
const MOST_PROPOSALS = 300;

/** A header whose columns semicolons part. */
const SEMICOLONS = /^[^\r\n,]*;/;

/** A query holds every row as an object: of a larger table (UTF-16 code units) only columns are read. */
const MAX_QUERIED = 4 * 1024 * 1024;

/**
 * What a table's columns hold.
 * @param label what its rows are together
 * @throws SourceError where the table is damaged
 */
export function tableDrafts(text: string, format: "csv" | "tsv", label: string, words: LabelWords): Draft[] {
  const { columns, rows } = readTable(text, format);
  const recent: (readonly string[])[] = [];
  for (const { cells } of rows) {
    if (recent.push(cells) > SAMPLE) recent.shift();
  }
  const read = columnsOf(columns, recent, format === "tsv" || SEMICOLONS.test(text));
  const items = recent.map((cells) =>
    Object.fromEntries(read.flatMap(([name, index]) => cellIn(name, cells[index] ?? ""))),
  );
  return listProposals(table(label, text.length <= MAX_QUERIED), fieldsOf(items), words, {
    most: MOST_PROPOSALS,
  });
}

/**
 * The columns with a name and their indexes, without those whose thousands would be read as decimals.
 * @param freeCommas whether commas part no cells
 */
function columnsOf(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  freeCommas: boolean,
): [string, number][] {
  const commas = freeCommas && rows.some(hasDecimalComma);
  return columns.flatMap((name, index): [string, number][] => {
    if (name === "") return [];
    return commas && hasOnlyThousands(rows.map((cells) => cells[index] ?? "")) ? [] : [[name, index]];
  });
}

function cellIn(column: string, cell: string): [string, string | number][] {
  return cell.trim() === "" ? [] : [[column, cellValue(cell)]];
}

function table(label: string, queried: boolean): ListReading {
  return {
    label,
    all: { ...WHOLE_FILE, aggregate: "count" },
    field: ([column = ""], aggregate) =>
      column.length <= MAX_COLUMN ? { ...WHOLE_FILE, column, aggregate } : null,
    where: (path, value) =>
      queried
        ? { ...WHOLE_FILE, query: `[?${pathText(path)}==${literalText(value)}]`, aggregate: "count" }
        : null,
    inner: () => null,
  };
}
