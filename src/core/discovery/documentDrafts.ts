import { isJsonObject, type JsonObject } from "../sources/jsonFields.js";
import { currencyIn } from "./currencyKey.js";
import type { LabelWords } from "./labelWords.js";
import { fieldsOf } from "./listFields.js";
import { type ListReading, listProposals, MOST_PROPOSALS } from "./listProposals.js";
import { keyLabel } from "./metricName.js";
import { type Draft, type PlaceDraft, WHOLE_FILE } from "./proposal.js";
import { below, literalText } from "./queryText.js";

/** Nobody looks through more. */
const MAX_DRAFTS = 1_500;
const MAX_MEMBERS = 300;
const MAX_NAMED_ITEMS = 50;

/** In a longer list nobody looks for one item, and each of its values is searched for in all of them. */
const MAX_SEARCHED = 1_000;

/** Items that are looked at for all that is made of one list: more would keep the worker busy for seconds. */
const MAX_LOOKS = 2_000_000;
const LEAST_PROPOSALS = 4;

/** Keys whose value tells an item from the others, the likeliest first. */
const NAME_KEYS = ["name", "title", "label", "key", "id", "slug"];

interface Place {
  /** JMESPath that leads here; "" for the whole document. */
  readonly query: string;
  /** The key that it stands under, or what the file is called. */
  readonly name: string;
  /** What it stands in is called. */
  readonly parent: string;
  readonly value: unknown;
  /** What stands around it as the currency of its amounts. */
  readonly currency: string | null;
  readonly entries: Draft[];
}

/**
 * What a document of JSON's types holds. Breadth first, so that of a very large one all of its upper levels are there.
 * @param name what the file is called, for values that have no key
 */
export function documentDrafts(value: unknown, name: string, words: LabelWords): Draft[] {
  const root: Place = { query: "", name, parent: name, value, currency: null, entries: [] };
  const queue: Place[] = [root];
  let count = 0;
  for (const place of queue) {
    const found = Array.isArray(place.value) ? ofList(place, place.value, words) : ofOther(place);
    for (const { draft, inner } of found.slice(0, MAX_DRAFTS - count)) {
      place.entries.push(draft);
      if (inner) queue.push(inner);
      count++;
    }
  }
  return root.entries;
}

interface Found {
  readonly draft: Draft;
  /** What is to be looked into for the draft's own entries. */
  readonly inner?: Place;
}

function ofOther(place: Place): Found[] {
  const { query, name, value } = place;
  if (!isJsonObject(value)) return scalar(value, name, name, query, null);
  const currency = currencyIn(value) ?? place.currency;
  return Object.entries(value)
    .slice(0, MAX_MEMBERS)
    .flatMap(([key, member]) => {
      const next = below(query, [key]);
      if (typeof member !== "object" || member === null) return scalar(member, key, name, next, currency);
      return [
        placeFound({ query: next, name: key, parent: name, value: member, currency, entries: [] }, key),
      ];
    });
}

/** @param parent what the value stands in */
function scalar(
  value: unknown,
  key: string,
  parent: string,
  query: string,
  currency: string | null,
): Found[] {
  if (value === null) return [];
  const selection = { ...WHOLE_FILE, query: query === "" ? null : query };
  const label = keyLabel(key, parent);
  return [
    { draft: { kind: "value", name: key, aggregate: null, where: null, label, key, currency, selection } },
  ];
}

function ofList(place: Place, items: readonly unknown[], words: LabelWords): Found[] {
  const most = Math.floor(MAX_LOOKS / Math.max(1, items.length));
  const proposals = listProposals(documentList(place), fieldsOf(items), words, {
    currency: place.currency,
    most: Math.min(MOST_PROPOSALS, Math.max(LEAST_PROPOSALS, most)),
  });
  return [...proposals.map((draft): Found => ({ draft })), ...namedItems(place, items)];
}

function documentList({ query, name, parent }: Place): ListReading {
  const select = (text: string) => ({ ...WHOLE_FILE, query: text === "" ? null : text });
  return {
    label: keyLabel(name, parent),
    all: { ...select(query), aggregate: "count" },
    field: (path, aggregate) => ({
      ...select(path.length === 0 ? query : below(`${query}[*]`, path)),
      aggregate,
    }),
    where: (path, value) => {
      const left = path.length === 0 ? "@" : below("", path);
      return { ...select(`${query}[?${left}==${literalText(value)}]`), aggregate: "count" };
    },
    inner: (path) => ({ ...select(`${below(`${query}[*]`, path)}[]`), aggregate: "count" }),
  };
}

/** The items that have a name of their own: an item's position says nothing once another one is added. */
function namedItems({ query, name: parent, currency }: Place, items: readonly unknown[]): Found[] {
  if (items.length > MAX_SEARCHED) return [];
  const first = items.slice(0, MAX_NAMED_ITEMS).filter(isJsonObject);
  const key = NAME_KEYS.find((candidate) => first.length > 0 && tellsApart(candidate, first));
  if (key === undefined) return [];
  return first.map((item) => {
    const name = item[key] as string | number;
    const found = `${query}[?${below("", [key])}==${literalText(name)}] | [0]`;
    return placeFound(
      { query: found, name: String(name), parent, value: item, currency, entries: [] },
      String(name),
    );
  });
}

function tellsApart(key: string, items: readonly JsonObject[]): boolean {
  const names = items.map((item) => (Object.hasOwn(item, key) ? item[key] : null));
  const usable = names.every((name) => typeof name === "number" || (typeof name === "string" && name !== ""));
  return usable && new Set(names).size === names.length;
}

function placeFound(inner: Place, name: string): Found {
  const { value, entries } = inner;
  const isList = Array.isArray(value);
  const size = isList ? value.length : Object.keys(value as object).length;
  const draft: PlaceDraft = { kind: isList ? "list" : "object", name, size, entries };
  return { draft, inner };
}
