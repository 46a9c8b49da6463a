/** What a file holds that could be a metric: plain data, so that a worker can find it. */
import type { Aggregate } from "../../protocol/origin.js";
import type { MetricFormat } from "../../protocol/snapshot.js";
import type { Selection } from "../config/metricDefinition.js";
import type { Scalar } from "../formats/scalar.js";

/** How a value is best shown, as far as its name and its own looks tell. */
export interface DisplayGuess {
  /** `null`: as what it is, a number or a text. */
  readonly format: MetricFormat | null;
  readonly unit: string | null;
  /** The value is multiplied by this. */
  readonly scale: number;
}

export const PLAIN: DisplayGuess = { format: null, unit: null, scale: 1 };

/** A metric that reads a value, which it has now. */
interface SuggestedMetric extends DisplayGuess {
  readonly label: string;
  readonly selection: Selection;
  /** What the selection gives now, before it is scaled. */
  readonly value: Scalar;
}

export interface ValueEntry {
  readonly kind: "value";
  /** A key, a column or what stands before a number; `null` for what is made of a whole list, table or file. */
  readonly name: string | null;
  /** `null` where there is but one value. */
  readonly aggregate: Aggregate | null;
  /** Where only some are counted: what `name` is in them. */
  readonly where: string | null;
  readonly metric: SuggestedMetric;
}

/** An object or a list; the keys of those that hold nothing but one another are joined by dots. */
export interface PlaceEntry {
  readonly kind: "object" | "list";
  readonly name: string;
  /** Members or items that it has, though not all may be among the entries. */
  readonly size: number;
  readonly entries: readonly Entry[];
}

export type Entry = ValueEntry | PlaceEntry;

/** What was found in a file; of one with very many values only the first. */
export interface Discovery {
  readonly entries: readonly Entry[];
}
