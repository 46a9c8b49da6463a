import { escapeExpression } from "./escapeExpression.js";
import { type NumberRange, widened } from "./numberRange.js";
import { keyOf, type NumberUnit, unitBehind } from "./numberUnit.js";
import { NUMBER, NUMBER_END } from "./plainNumber.js";

/** Numbers of one name and unit. */
export interface NamedNumbers {
  readonly name: string;
  /** A regular expression that finds them. */
  readonly match: string;
  /** What their display is guessed by. */
  readonly key: string;
  /** The three letters of their currency. */
  readonly currency: string | null;
  /** What they are like. */
  readonly numbers: NumberRange;
}

interface OfUnit {
  readonly unit: NumberUnit | null;
  readonly numbers: NumberRange;
}

const MAX_NAMES = 12;
const MAX_NAME_LENGTH = 40;

/** A number behind its name, as programs write it: `took=42ms`. */
const NAMED_NUMBER = new RegExp(
  `(?<![\\w.-])(?<name>[A-Za-z][\\w.-]*)=(?<value>${NUMBER})(?<unit>%|\\p{Sc}|[A-Za-zµμ]+)?${NUMBER_END}`,
  "gu",
);

/** The numbers behind names in lines, one for each name and unit: those of two cannot be added up. */
export function namedNumbers(lines: readonly string[]): NamedNumbers[] {
  const units = new Map<string, Map<string, OfUnit>>();
  for (const { groups } of lines.flatMap((line) => [...line.matchAll(NAMED_NUMBER)])) {
    const { name = "", value, unit: text = "" } = groups ?? {};
    const unit = unitBehind(text);
    if (name.length > MAX_NAME_LENGTH || (text !== "" && unit === null)) continue;
    const ofName = units.get(name) ?? new Map<string, OfUnit>();
    const before = ofName.get(text)?.numbers ?? null;
    units.set(name, ofName.set(text, { unit, numbers: widened(before, Number(value)) }));
  }
  const found = [...units].flatMap(([name, ofName]) =>
    [...ofName].map(([text, { unit, numbers }]) => ({
      name: ofName.size === 1 ? name : `${name} ${text}`.trimEnd(),
      match: `(?<![\\w.-])${escapeExpression(name)}=(?<value>${NUMBER})${escapeExpression(text)}${NUMBER_END}`,
      ...keyOf(name, unit),
      numbers,
    })),
  );
  return found.slice(0, MAX_NAMES);
}
