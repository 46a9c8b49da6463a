import { CURRENCY_SYMBOLS, isCurrency } from "../config/metricDisplay.js";

/** What a number counts. */
export interface NumberUnit {
  /** As it stands beside the number; "" where that is before it. */
  readonly text: string;
  /** How a key says it, by which a display can be guessed. */
  readonly word: string;
  /** The three letters of a currency. */
  readonly currency: string | null;
}

/** Single letters of hexadecimal digits are none of them: an id may end with one. */
const WORDS: ReadonlyMap<string, string> = new Map(
  [
    "ns us µs μs ms m hz khz mhz ghz byte bytes kb kib mb mib gb gib tb tib".split(" "),
    "seconds s sec secs second".split(" "),
    "minutes min mins minute".split(" "),
    "hours h hr hrs hour".split(" "),
    "days day".split(" "),
    "percent %".split(" "),
  ].flatMap(([word = "", ...others], index) =>
    [word, ...others].map((each) => [each, index === 0 ? each : word] as const),
  ),
);

/** What stands behind a number as its unit, with the blank before it. */
const BEHIND = /^\s?(%|\p{Sc}|\p{L}+)(?![\p{L}\p{N}_])/u;

/** The unit that a text behind a number begins with. */
export function unitBehind(rest: string): NumberUnit | null {
  const [text = "", name = ""] = BEHIND.exec(rest) ?? [];
  const currency = CURRENCY_SYMBOLS.get(name) ?? (isCurrency(name) ? name : null);
  if (currency !== null) return { text, ...amountIn(currency) };
  const word = name === "B" ? "bytes" : WORDS.get(name.toLowerCase());
  return word === undefined ? null : { text, word, currency: null };
}

/** The currency whose sign a text before a number ends with; those of US$ and A$ are not the same. */
export function currencyBefore(before: string): NumberUnit | null {
  const sign = /(?<!\p{L})\p{Sc}(?=\s?$)/u.exec(before.slice(-3))?.[0] ?? "";
  const currency = CURRENCY_SYMBOLS.get(sign);
  return currency === undefined ? null : { text: "", ...amountIn(currency) };
}

/** How the display of a number with this name is guessed. */
export function keyOf(
  name: string,
  unit: NumberUnit | null,
): { readonly key: string; readonly currency: string | null } {
  return unit === null
    ? { key: name, currency: null }
    : { key: `${name} ${unit.word}`, currency: unit.currency };
}

export function isUnit(word: string): boolean {
  return WORDS.has(word.toLowerCase());
}

function amountIn(currency: string): Omit<NumberUnit, "text"> {
  return { word: "amount", currency };
}
