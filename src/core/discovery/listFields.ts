import { parseTimestamp } from "../../protocol/isoTimestamp.js";
import { isJsonObject } from "../sources/jsonFields.js";
import { keyWords } from "./keyWords.js";
import { isMoment } from "./momentGuess.js";
import { type NumberRange, widened } from "./numberRange.js";

/** What the items of a list have at one place. */
export interface ListField {
  /** Keys from an item on; none for the item itself. */
  readonly path: readonly string[];
  /** `null` where there are none. */
  readonly numbers: NumberRange | null;
  readonly texts: ReadonlySet<string>;
  /** Whether its moments go back from one item to the next. */
  readonly goesBack: boolean;
  readonly hasBooleans: boolean;
  readonly hasLists: boolean;
  /** The texts of which there are few and that come again, such as states; in the order of the items. */
  readonly kinds: readonly string[];
}

/** Of a long list so many items tell of the others. */
const SAMPLE = 200;
/** Of one list nobody looks through more. */
const MAX_FIELDS = 100;
const MAX_DEPTH = 3;
const MAX_KINDS = 8;
const MAX_KIND_LENGTH = 60;

interface FieldDraft {
  readonly path: readonly string[];
  numbers: NumberRange | null;
  readonly moments: number[];
  hasBooleans: boolean;
  hasLists: boolean;
  readonly texts: Set<string>;
  textCount: number;
}

/** The fields that the last items of a list have, in the order in which they come up. */
export function fieldsOf(items: readonly unknown[]): ListField[] {
  const drafts = new Map<string, FieldDraft>();
  const note = (value: unknown, path: readonly string[]): void => {
    if (isJsonObject(value)) {
      if (path.length === MAX_DEPTH) return;
      for (const [key, member] of Object.entries(value).slice(0, MAX_FIELDS)) note(member, [...path, key]);
      return;
    }
    const place = JSON.stringify(path);
    const draft = drafts.get(place) ?? newDraft(path);
    if (!drafts.has(place) && drafts.size === MAX_FIELDS) return;
    drafts.set(place, draft);
    const moment = momentOf(value, path.at(-1) ?? "");
    if (moment !== null) draft.moments.push(moment);
    if (typeof value === "number") draft.numbers = widened(draft.numbers, value);
    else if (typeof value === "boolean") draft.hasBooleans = true;
    else if (Array.isArray(value)) draft.hasLists = true;
    else if (typeof value === "string") {
      draft.textCount++;
      draft.texts.add(value);
    }
  };
  for (const item of items.slice(-SAMPLE)) note(item, []);
  return [...drafts.values()].map(({ path, numbers, moments, hasBooleans, hasLists, texts, textCount }) => ({
    path,
    numbers,
    texts,
    goesBack: isDescending(moments),
    hasBooleans,
    hasLists,
    kinds: kindsOf(texts, textCount),
  }));
}

function newDraft(path: readonly string[]): FieldDraft {
  return {
    path,
    numbers: null,
    moments: [],
    hasBooleans: false,
    hasLists: false,
    texts: new Set(),
    textCount: 0,
  };
}

function kindsOf(texts: ReadonlySet<string>, count: number): string[] {
  if (texts.size === count || texts.size > MAX_KINDS) return [];
  return [...texts].filter(
    (text) => text.trim() !== "" && text.length <= MAX_KIND_LENGTH && parseTimestamp(text) === null,
  );
}

function momentOf(value: unknown, key: string): number | null {
  if (typeof value === "string") return parseTimestamp(value);
  return typeof value === "number" && isMoment(keyWords(key), value) ? value : null;
}

function isDescending(moments: readonly number[]): boolean {
  const [first = 0] = moments;
  return (
    first > (moments.at(-1) ?? 0) && moments.every((each, index) => each <= (moments[index - 1] ?? each))
  );
}
