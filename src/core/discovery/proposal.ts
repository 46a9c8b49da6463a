import type { Aggregate } from "../../protocol/origin.js";
import type { Selection } from "../config/metricDefinition.js";
import type { Extracted } from "../formats/extracted.js";
import { guessDisplay } from "./displayGuess.js";
import { type DisplayGuess, type Entry, PLAIN, type PlaceEntry, type ValueEntry } from "./entry.js";
import type { NumberRange } from "./numberRange.js";
import { PERCENT } from "./shareGuess.js";

/** A value that may be there: only what its selection gives can tell. */
export interface Proposal extends Pick<ValueEntry, "kind" | "name" | "aggregate" | "where"> {
  readonly label: string;
  /** What its display is guessed by. */
  readonly key: string;
  /** What stands near it as its currency, by its three letters. */
  readonly currency: string | null;
  /** Of the field that it is made of. */
  readonly numbers?: NumberRange | null;
  readonly selection: Selection;
}

/** A place whose entries are still being gathered. */
export interface PlaceDraft extends Omit<PlaceEntry, "entries"> {
  readonly entries: readonly Draft[];
}

export type Draft = Proposal | PlaceDraft;

export const WHOLE_FILE: Selection = { query: null, column: null, match: null, aggregate: "last" };

/** Every proposal, in an order that `settled` knows again. */
export function proposalsIn(drafts: readonly Draft[]): Proposal[] {
  return drafts.flatMap((draft) => (draft.kind === "value" ? [draft] : proposalsIn(draft.entries)));
}

/**
 * The drafts with the values that were found for their proposals; what has none is left out.
 * @param found of each proposal, in the order of `proposalsIn`
 */
export function settled(drafts: readonly Draft[], found: readonly Extracted[]): Entry[] {
  const results = found.values();
  const settle = (draft: Draft): Entry[] => {
    if (draft.kind === "value") return valueEntry(draft, results.next().value);
    const entries = draft.entries.flatMap(settle);
    const [only, second] = entries;
    if (only === undefined) return [];
    // Nobody wants to open what holds nothing but the next thing to open.
    if (only.kind !== "value" && second === undefined)
      return [{ ...only, name: `${draft.name}.${only.name}` }];
    return [{ ...draft, entries }];
  };
  return drafts.flatMap(settle);
}

function valueEntry(proposal: Proposal, found: Extracted | undefined): ValueEntry[] {
  if (!found?.ok) return [];
  const { name, aggregate, where, label, selection } = proposal;
  const { value } = found;
  const display = displayOf(proposal, value);
  return [{ kind: "value", name, aggregate, where, metric: { label, selection, value, ...display } }];
}

function displayOf({ aggregate, key, currency, numbers }: Proposal, value: number | string): DisplayGuess {
  if (aggregate === "progress") return PERCENT;
  return aggregate === "count" ? PLAIN : guessDisplay(key, value, currency, numbers ?? null);
}

/** What numbers are made into, the likeliest first. */
export const OF_NUMBERS: readonly Aggregate[] = ["last", "sum", "avg", "min", "max"];
