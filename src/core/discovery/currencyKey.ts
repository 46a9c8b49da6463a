import { CURRENCY_SYMBOLS, isCurrency } from "../config/metricDisplay.js";
import { keyWords } from "./keyWords.js";
import type { ListField } from "./listFields.js";

/** What amounts are counted in that is no currency to Intl. */
const COINS: ReadonlyMap<string, string> = new Map([
  ["btc", "BTC"],
  ["eth", "ETH"],
  ["sats", "sats"],
  ["usdt", "USDT"],
  ["usdc", "USDC"],
  ["sol", "SOL"],
]);

/** Stands for the currency where amounts are in several ones: none can be written beside all of them. */
export const SEVERAL = "";

/** The currency or coin that a word in small letters is. */
export function knownCurrency(word: string): string | null {
  const code = word.toUpperCase();
  return COINS.get(word) ?? CURRENCY_SYMBOLS.get(word) ?? (isCurrency(code) ? code : null);
}

/** What an object names as the currency of what is in it. */
export function currencyIn(object: object): string | null {
  const [code = null] = Object.entries(object).flatMap(([key, value]) =>
    namesCurrency(key) ? (codeOf(value) ?? []) : [],
  );
  return code;
}

/** What the items of a list name as the currency of a field: the nearest to it. */
export function currencyOf(path: readonly string[], fields: readonly ListField[]): string | null {
  const [nearest] = fields
    .filter((field) => namesCurrency(field.path.at(-1) ?? "") && codesIn(field).size > 0)
    .sort((a, b) => sharedKeys(b.path, path) - sharedKeys(a.path, path) || a.path.length - b.path.length);
  if (nearest === undefined) return null;
  const [code = null, second] = codesIn(nearest);
  return second === undefined ? code : SEVERAL;
}

function codesIn({ texts }: ListField): Set<string> {
  return new Set([...texts].flatMap((text) => codeOf(text) ?? []));
}

/** Whether a key is such as `currency`, `Currency` or `currencyCode`. */
function namesCurrency(key: string): boolean {
  return /^currency(?: code)?$/.test(keyWords(key).join(" "));
}

/** A currency's three letters, also where Intl has no such currency. */
function codeOf(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const word = value.trim().toLowerCase();
  return knownCurrency(word) ?? (/^[a-z]{3}$/.test(word) ? word.toUpperCase() : null);
}

/** How many keys two paths have in common before they part. */
function sharedKeys(one: readonly string[], other: readonly string[]): number {
  const end = one.findIndex((key, index) => key !== other[index]);
  return end === -1 ? one.length : end;
}
