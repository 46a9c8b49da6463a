import type { HistoryFormat, HistoryImport, HistoryRange } from "../../protocol/history.js";
import { SourceError } from "../sources/sourceError.js";
import { ExchangeParser, type ParsedRow } from "./exchangeParser.js";
import type { HistoryRow, HistoryStore, Imported } from "./historyStore.js";
import { RecordSplitter, type SplitRecord } from "./recordSplitter.js";

const MAX_REFUSALS = 100;

const NO_END =
  "the file ends within this line, which may be cut off. If it is whole, add a line break and import the file again.";

/** The stream's sentence where rows that were taken already may have gone with the file that held them. */
const BEGUN_ANEW =
  "The history was opened anew while this file was imported. Import it again: what is there already changes nothing.";

const NO_LIST_END = "the list does not end: the file may be cut off here. What stands before is taken.";

/** Takes an exported file back in, piece by piece; what is refused keeps nothing else from being read. */
export class Importer {
  private readonly splitter: RecordSplitter;
  private readonly parser: ExchangeParser;
  private readonly refusals: { line: number; reason: string }[] = [];
  private added = 0;
  private known = 0;
  private refused = 0;
  private line = 1;
  private store: HistoryStore | null = null;

  constructor(private readonly format: HistoryFormat) {
    this.splitter = new RecordSplitter(format);
    this.parser = new ExchangeParser(format);
  }

  get report(): HistoryImport {
    const { added, known, refused, refusals } = this;
    return { added, known, refused, refusals };
  }

  /**
   * @param store the same for the whole file
   * @param last whether the file ends with these bytes
   * @throws Error in a sentence for people, where it is another store than before
   */
  push(store: HistoryStore, bytes: Uint8Array, last: boolean): void {
    this.store ??= store;
    if (store !== this.store) throw new Error(BEGUN_ANEW);
    const rows: { row: HistoryRow; line: number }[] = [];
    const spans: { row: HistoryRange; line: number }[] = [];
    for (const record of this.splitter.push(bytes, last)) {
      this.line = record.line;
      for (const { row, line } of this.parsed(record)) {
        if (row === null) continue;
        if ("metric" in row) rows.push({ row, line });
        else spans.push({ row, line });
      }
    }
    const outcome = store.importRows(
      rows.map(({ row }) => row),
      spans.map(({ row }) => row),
    );
    this.count(outcome.rows, rows);
    this.count(outcome.spans, spans);
    if (last && this.parser.isWithinList) this.refuse(this.line, NO_LIST_END);
  }

  /** A quote left open joins lines that have nothing to do with each other: they are then read one by one. */
  private parsed({ text, line, ended }: SplitRecord): { row: ParsedRow; line: number }[] {
    try {
      // The beginning of a number is a number too. JSON tells by itself where a row is whole.
      if (!ended && this.format === "csv" && text.trim() !== "") throw new SourceError(NO_END);
      return this.parser.parse(text).map((row) => ({ row, line }));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      // What is cut off is told of once, as the list that does not end.
      if (!ended && this.parser.isWithinList) return [];
      const lines = text.split("\n");
      if (lines.length > 1)
        return lines.flatMap((part, index) => {
          return this.parsed({ text: part, line: line + index, ended: ended || index < lines.length - 1 });
        });
      this.refuse(line, error.reason);
      return [];
    }
  }

  private count(outcomes: readonly Imported[], from: readonly { readonly line: number }[]): void {
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome === "differs")
        this.refuse(from[index]?.line ?? 0, "another value is stored for this time already.");
      else this[outcome]++;
    }
  }

  private refuse(line: number, reason: string): void {
    this.refused++;
    if (this.refusals.length < MAX_REFUSALS) this.refusals.push({ line, reason });
  }
}
