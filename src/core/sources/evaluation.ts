/** The work that is done off the event loop: decoding, parsing, queries and regular expressions of the user's. */
import type { Selection } from "../config/metricDefinition.js";
import type { FileFormat } from "../formats/fileFormat.js";
import type { TextEncoding } from "./textEncoding.js";

export type EvaluationTask =
  | {
      readonly kind: "whole";
      readonly format: FileFormat;
      readonly bytes: Uint8Array;
      readonly selections: readonly Selection[];
    }
  | {
      readonly kind: "lines";
      readonly format: "jsonl" | "text";
      readonly bytes: Uint8Array;
      readonly encoding: TextEncoding;
      readonly selections: readonly Selection[];
      /** How far each selection has come, as an earlier task gave it; `null` at the beginning. */
      readonly states: readonly unknown[] | null;
      /** Lines read before these. */
      readonly linesBefore: number;
      /** Whether the bytes' last line counts though it has no end. */
      readonly complete: boolean;
    }
  | {
      /** A line that is longer than what is read at once: it is left out, and told of. */
      readonly kind: "longLine";
      readonly format: "jsonl" | "text";
      readonly selections: readonly Selection[];
      readonly states: readonly unknown[] | null;
      readonly linesBefore: number;
    };

/** A selection's value, or why it has none. */
export type Evaluated =
  | {
      readonly ok: true;
      readonly value: number | string;
      readonly line: number | null;
      /** What was left out of the value, in a sentence with its line; `null` where nothing was. */
      readonly warning: string | null;
    }
  | { readonly ok: false; readonly reason: string; readonly line: number | null };

export interface Evaluation {
  readonly values: readonly Evaluated[];
  /** Tells the content apart from any other. */
  readonly content: string;
  /** Of `lines` and `longLine`: the states after these bytes; `null` where those before are damaged, so that nothing was evaluated. */
  readonly states: readonly unknown[] | null;
  /** Of `lines`: bytes up to the end of the last complete line. */
  readonly consumed: number;
  /** Of `lines` and `longLine`: lines read, those before included. */
  readonly lines: number;
}
