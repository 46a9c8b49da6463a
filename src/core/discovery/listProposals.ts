import type { Aggregate } from "../../protocol/origin.js";
import type { Selection } from "../config/metricDefinition.js";
import { aggregatesOf } from "./aggregateGuess.js";
import { currencyOf } from "./currencyKey.js";
import { cutEvenly } from "./cutEvenly.js";
import type { LabelWords } from "./labelWords.js";
import type { ListField } from "./listFields.js";
import { aggregateLabel, keyLabel, kindLabel } from "./metricName.js";
import { isMeantAsNumber } from "./numberSeparators.js";
import type { Proposal } from "./proposal.js";

/** How a kind of list is read: a document's, a table's rows or a log's lines. */
export interface ListReading {
  /** What its items are together, as a label: "Open bugs". */
  readonly label: string;
  /** All of its items, counted. */
  readonly all: Selection;
  /** The values of a field; `null` where it cannot be read. */
  field(path: readonly string[], aggregate: Aggregate): Selection | null;
  /** The items in which a field has this value, counted; `null` where that cannot be read. */
  where(path: readonly string[], value: string | boolean): Selection | null;
  /** The items of the lists in a field, counted; `null` where there cannot be any. */
  inner(path: readonly string[]): Selection | null;
}

/** Each is read to know its value: more would keep the worker busy for seconds. */
export const MOST_PROPOSALS = 120;

interface ListOptions {
  /** The currency of what the list stands in. */
  readonly currency?: string | null;
  readonly most?: number;
}

/** What can be made of a list and of the fields of its items, in their order; of many fields the likeliest alone. */
export function listProposals(
  reading: ListReading,
  fields: readonly ListField[],
  words: LabelWords,
  { currency: around = null, most = MOST_PROPOSALS }: ListOptions = {},
): Proposal[] {
  const { label } = reading;
  const newestFirst = fields.some(({ goesBack }) => goesBack);
  const groups = fields.map((field) => {
    const currency = currencyOf(field.path, fields) ?? around;
    return fieldProposals(reading, field, words, newestFirst).map((each) =>
      each.aggregate === "count" ? each : { ...each, currency },
    );
  });
  return cutEvenly([proposal({ aggregate: "count", label }, reading.all), ...groups], most);
}

function fieldProposals(
  reading: ListReading,
  field: ListField,
  words: LabelWords,
  newestFirst: boolean,
): Proposal[] {
  const { path, numbers, texts, hasBooleans, hasLists, kinds } = field;
  const things = reading.label;
  const key = path.at(-1) ?? things;
  const name = path.length === 0 ? null : path.join(".");
  const label = path.length === 0 ? things : keyLabel(key, things);
  // A format for numbers would refuse the next "1,249.00".
  const isMixed = numbers !== null && [...texts].some(isMeantAsNumber);
  const isText = isMixed || (numbers === null && texts.size > 0);
  const aggregates: readonly Aggregate[] = isText ? ["last"] : numbers ? aggregatesOf(key, numbers) : [];
  const all = newestFirst && aggregates.length > 0 ? (["first", ...aggregates] as const) : aggregates;
  const done = kindLabel(key, things);
  return [
    ...all.flatMap((aggregate) =>
      proposal(
        { name, aggregate, label: aggregateLabel(aggregate, label, words), key: isMixed ? "" : key, numbers },
        reading.field(path, aggregate),
      ),
    ),
    ...(hasBooleans
      ? [
          ...proposal({ name, aggregate: "progress", label: done, key }, reading.field(path, "progress")),
          ...proposal({ name, aggregate: "count", where: "true", label: done }, reading.where(path, true)),
        ]
      : []),
    ...kinds.flatMap((kind) =>
      proposal(
        { name, aggregate: "count", where: kind, label: kindLabel(kind, things) },
        reading.where(path, kind),
      ),
    ),
    ...(hasLists ? proposal({ name, aggregate: "count", label }, reading.inner(path)) : []),
  ];
}

function proposal(
  part: Pick<Proposal, "label"> & Partial<Proposal>,
  selection: Selection | null,
): Proposal[] {
  if (selection === null) return [];
  return [
    { kind: "value", name: null, aggregate: null, where: null, key: "", currency: null, ...part, selection },
  ];
}
