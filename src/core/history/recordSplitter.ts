import { StringDecoder } from "node:string_decoder";
import type { HistoryFormat } from "../../protocol/history.js";

/** A longer record (characters) is not one of ours: a quote was left open. */
const MAX_RECORD = 4_000_000;

export interface SplitRecord {
  readonly text: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** Whether its end was seen; the last record of a file that was cut off has none. */
  readonly ended: boolean;
}

/** Cuts a file that arrives in pieces into its records: lines, or for CSV lines whose quotes are closed. */
export class RecordSplitter {
  private readonly decoder = new StringDecoder("utf8");
  private rest = "";
  private line = 1;

  constructor(private readonly format: HistoryFormat) {}

  /** @param last whether nothing follows: then what is left is a record too */
  *push(bytes: Uint8Array, last: boolean): Generator<SplitRecord> {
    this.rest += this.decoder.write(bytes);
    if (this.line === 1) this.rest = this.rest.replace(/^\uFEFF/, "");
    let start = 0;
    let lines = 0;
    let quotes = 0;
    for (let at = 0; at < this.rest.length; at++) {
      const character = this.rest.charCodeAt(at);
      if (character === QUOTE) quotes++;
      if (character !== LINE_FEED) continue;
      lines++;
      if (this.format === "csv" && quotes % 2 === 1 && at - start < MAX_RECORD) continue;
      yield { text: this.rest.slice(start, at), line: this.line, ended: true };
      this.line += lines;
      [start, lines, quotes] = [at + 1, 0, 0];
    }
    this.rest = this.rest.slice(start);
    if (last && this.rest !== "") yield { text: this.rest, line: this.line, ended: false };
  }
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
