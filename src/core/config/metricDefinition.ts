import type { Aggregate } from "../../protocol/origin.js";
import type { MetricFormat } from "../../protocol/snapshot.js";

/** Which values of a file count. At most one of the three is set, as the file's format allows. */
export interface Selection {
  /** JMESPath: over the document of JSON, JSONC, YAML, TOML and CSV (a list of rows), over each line of JSONL. */
  readonly query: string | null;
  /** A column of CSV or TSV, by its name. */
  readonly column: string | null;
  /** A regular expression over each line of text; the value is its group `value`, else its first group, else the match. */
  readonly match: string | null;
  readonly aggregate: Aggregate;
}

/** Where a metric's value comes from. Paths are relative to the workspace folder, with `/`. */
export type MetricOrigin =
  | ({ readonly kind: "file"; readonly file: string } & Selection)
  /** The number of files that match a glob. */
  | { readonly kind: "files"; readonly glob: string }
  /** Commits within this time, in milliseconds: on HEAD's history, or on the default branch of a remote on GitHub. */
  | { readonly kind: "git"; readonly sinceMs: number; readonly remote: string | null }
  | {
      readonly kind: "url";
      readonly url: string;
      readonly query: string | null;
      readonly aggregate: Aggregate;
    };

/** How the value is shown. */
export interface MetricDisplay {
  readonly label: string;
  /** `null`: a number is shown as a number, a text as a text. */
  readonly format: MetricFormat | null;
  readonly unit: string | null;
  readonly prefix: string | null;
  readonly suffix: string | null;
  /** The value is multiplied by this. */
  readonly scale: number;
  /** Digits after the decimal point, 0 to 20; `null` for as many as the value has. */
  readonly decimals: number | null;
  /** A codicon's name or an emoji. */
  readonly icon: string | null;
}

/** A metric as `fusion.json` declares it, with every default filled in. */
export interface MetricDefinition {
  readonly id: string;
  readonly origin: MetricOrigin;
  readonly display: MetricDisplay;
  /** Line of its declaration, counted from 1. */
  readonly line: number;
}
