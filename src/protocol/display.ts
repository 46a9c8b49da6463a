/** How values are written for people: the same in the panel, the status bar and the notifications. */
import { directionOf } from "./direction.js";
import { DURATION_UNITS, type DurationSymbol, inUnit } from "./duration.js";
import { numberFormat, timeFormat } from "./formats.js";
import { parseTimestamp } from "./isoTimestamp.js";
import { inPercent } from "./percent.js";
import type { MetricValue, ValueDisplay } from "./snapshot.js";

export interface Displayed extends ValueDisplay {
  readonly value: MetricValue;
}

/** What stands for a value that cannot be had. */
export const NO_VALUE = "–";

/** What stands for a value that is not to be seen. */
export const CONCEALED = "•••";

/** Beyond these a number is written with its power of ten: it would be all zeros with the digits that a card has room for. */
const SMALLEST_PLAIN = 1e-6;
const LARGEST_PLAIN = 1e15;

/** A value with its unit, by locale; a dash where there is none. Amounts in whole units lose their ".00". */
export function displayValue(displayed: Displayed, locale?: string): string {
  const { value, format } = displayed;
  if (value === null) return NO_VALUE;
  if (displayed.concealed) return CONCEALED;
  if (typeof value === "number") return displayNumber(value, displayed, locale, "negative");
  return affixed(format === "date" ? displayDate(value, locale) : value, displayed);
}

/**
 * A value as short as it may be: from a thousand on rounded to one decimal of its thousands, millions or more, "$12.5K".
 * What is neither a count nor an amount is written as ever.
 */
export function displayCompact(displayed: Displayed, locale?: string): string {
  const { value, format, unit } = displayed;
  const isLarge = typeof value === "number" && Math.abs(value) >= 1000 && Math.abs(value) < LARGEST_PLAIN;
  if (!isLarge || displayed.concealed || (format !== "currency" && format !== "number")) {
    return displayValue(displayed, locale);
  }
  const style: Intl.NumberFormatOptions =
    format === "currency"
      ? { style: "currency", currency: unit ?? "USD", currencyDisplay: "narrowSymbol" }
      : {};
  const digits = { notation: "compact", minimumFractionDigits: 0, maximumFractionDigits: 1 } as const;
  const written = upright(new Intl.NumberFormat(locale, { ...style, ...digits }).format(value), locale);
  const text = affixed(written, displayed);
  return format === "number" && unit ? `${text} ${unit}` : text;
}

/** The difference of two values, signed; `null` where either is not a number or they are equal. */
export function displayDelta(
  from: MetricValue,
  to: MetricValue,
  display: ValueDisplay,
  locale?: string,
): { readonly text: string; readonly direction: "up" | "down" } | null {
  if (display.concealed || typeof from !== "number" || typeof to !== "number" || from === to) return null;
  const difference = roundAsWritten(to - from, from, to);
  // The distance between two moments is a time, not a moment.
  const shown = display.format === "date" ? { ...display, format: "duration" as const } : display;
  const seconds = display.format === "date" ? Math.abs(difference) / 1000 : Math.abs(difference);
  return {
    text: displayNumber(seconds, withoutVanishing(seconds, shown), locale, "never"),
    direction: difference > 0 ? "up" : "down",
  };
}

/** The display of a difference or an amount, which says nothing where it is all zeros: then not with so few decimals. */
export function withoutVanishing(difference: number, display: ValueDisplay): ValueDisplay {
  const { decimals } = display;
  if (decimals === undefined || Math.abs(difference) >= 0.5 * 10 ** -decimals) return display;
  const { decimals: _, ...others } = display;
  return others;
}

/** From here on (1 is 100 %) a percentage says less than the difference itself. */
const MOST_RELATIVE_CHANGE = 10;

/** The relative change in percent, without its sign; `null` where there is no base that it could tell something of. */
export function displayPercentChange(from: MetricValue, to: MetricValue, locale?: string): string | null {
  if (typeof from !== "number" || typeof to !== "number" || from === 0 || from === to) return null;
  const change = Math.abs((to - from) / from);
  if (change >= MOST_RELATIVE_CHANGE || Math.sign(from) === -Math.sign(to)) return null;
  return inPercent(change * 100, locale, atMost(1, change * 100));
}

/** What rounds to zero has no sign. */
type SignDisplay = "negative" | "never";

function displayNumber(
  value: number,
  display: ValueDisplay,
  locale: string | undefined,
  signDisplay: SignDisplay,
): string {
  switch (display.format) {
    case "currency":
      return affixed(displayAmount(value, display, locale, signDisplay), display);
    case "bytes":
      return affixed(displayBytes(value, display, locale, signDisplay), display);
    case "duration":
      return affixed(displayDuration(value, locale, signDisplay), display);
    case "date":
      return affixed(displayDate(value, locale), display);
    case "percent":
      return affixed(inPercent(value, locale, { ...plainDigits(value, display, 2), signDisplay }), display);
    case "number":
    case "text": {
      const digits = plainDigits(value, display, 6);
      const text = affixed(numberFormat(locale, { ...digits, signDisplay }).format(value), display);
      return display.unit ? `${text} ${display.unit}` : text;
    }
  }
}

function affixed(text: string, { prefix, suffix }: ValueDisplay): string {
  return `${prefix ?? ""}${text}${suffix ?? ""}`;
}

/** @param most decimals of a number that is to have no certain number of them */
function plainDigits(value: number, { decimals }: ValueDisplay, most: number): Intl.NumberFormatOptions {
  return decimals === undefined ? sized(value, atMost(most, value)) : exactly(decimals);
}

/** Digits as wanted, but for a number of a size that would fill a card with zeros. */
function sized(value: number, digits: Intl.NumberFormatOptions): Intl.NumberFormatOptions {
  const size = Math.abs(value);
  const fits = size === 0 || (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN);
  return fits ? digits : { notation: "scientific", maximumSignificantDigits: 6 };
}

/** At most so many decimals; a number that would be all zeros with them shows its first two digits all the same. */
function atMost(decimals: number, value: number): Intl.NumberFormatOptions {
  const vanishes = value !== 0 && Math.abs(value) < 0.5 * 10 ** -decimals;
  return vanishes ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: decimals };
}

function exactly(decimals: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
}

function displayAmount(
  value: number,
  { unit, decimals }: ValueDisplay,
  locale: string | undefined,
  signDisplay: SignDisplay,
): string {
  const options: Intl.NumberFormatOptions = {
    style: "currency",
    currency: unit ?? "USD",
    currencyDisplay: "narrowSymbol",
    signDisplay,
  };
  const digits = decimals === undefined ? sized(value, amountDigits(value, options)) : exactly(decimals);
  return upright(numberFormat(locale, { ...options, ...digits }).format(value), locale);
}

/** Among words written from right to left "US$" would be turned to "$US": a mark behind it keeps it as it is. */
function upright(amount: string, locale: string | undefined): string {
  if (locale === undefined || directionOf(locale) === "ltr") return amount;
  return amount.replace(/\p{Script=Latin}+\p{Sc}/u, "$&\u200e");
}

/** As many decimals as the currency has, but none for whole amounts. */
function amountDigits(value: number, currency: Intl.NumberFormatOptions): Intl.NumberFormatOptions {
  if (Number.isInteger(value)) return { maximumFractionDigits: 0 };
  const { maximumFractionDigits = 2 } = numberFormat("en", currency).resolvedOptions();
  const digits = atMost(maximumFractionDigits, value);
  return digits.maximumFractionDigits === undefined ? digits : {};
}

const BYTE_UNITS = ["B", "KB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];

function displayBytes(
  value: number,
  { decimals }: ValueDisplay,
  locale: string | undefined,
  signDisplay: SignDisplay,
): string {
  let scaled = value;
  let step = 0;
  const most = () => decimals ?? (step === 0 ? 0 : 1);
  // As it is written: 1,023.99 KB would be 1,024 KB.
  while (Number(Math.abs(scaled).toFixed(most())) >= 1024 && step < BYTE_UNITS.length - 1) {
    scaled /= 1024;
    step++;
  }
  const digits =
    decimals === undefined ? sized(scaled, atMost(most(), scaled)) : { maximumFractionDigits: decimals };
  const text = numberFormat(locale, { ...digits, signDisplay }).format(scaled);
  return `${text} ${BYTE_UNITS[step]}`;
}

/** The two largest units that say something: "3 h 12 min". The first has the sign, as its language writes it. */
function displayDuration(seconds: number, locale: string | undefined, signDisplay: SignDisplay): string {
  const size = Math.abs(seconds);
  const sign = seconds < 0 && signDisplay === "negative" ? -1 : 1;
  if (Math.round(size * 100) < 6_000) return unitText(sign * size, "s", locale);
  if (size >= LARGEST_PLAIN) return unitText((sign * size) / 86_400, "d", locale);
  // Beside minutes whole seconds are enough, and 60 of them are one more.
  let rest = Math.round(size);
  const parts: string[] = [];
  for (const [unit, length] of DURATION_UNITS) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(unitText(parts.length === 0 ? sign * count : count, unit, locale));
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(" ");
}

function unitText(value: number, symbol: DurationSymbol, locale: string | undefined): string {
  return inUnit(value, symbol, locale, sized(value, atMost(2, value)));
}

/** @param moment ISO 8601, or epoch milliseconds; a text that is no date is shown as it is */
function displayDate(moment: string | number, locale: string | undefined): string {
  const date = new Date(typeof moment === "string" ? (parseTimestamp(moment) ?? moment) : moment);
  if (Number.isNaN(date.getTime())) return String(moment);
  const dayOnly = typeof moment === "string" && /^\d{4}-\d{2}-\d{2}$/.test(moment);
  const options: Intl.DateTimeFormatOptions = dayOnly
    ? { dateStyle: "medium", timeZone: "UTC" }
    : { dateStyle: "medium", timeStyle: "short" };
  return timeFormat(locale, options).format(date);
}

/** Takes off what binary arithmetic added: 0.3 - 0.1 is 0.2, as a reader of both values expects. */
function roundAsWritten(difference: number, ...operands: number[]): number {
  const decimals = Math.max(...operands.map((operand) => decimalsOf(operand)));
  return Number(difference.toFixed(Math.min(decimals, 20)));
}

function decimalsOf(value: number): number {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  const written = mantissa.split(".")[1]?.length ?? 0;
  return Math.max(0, written - Number(exponent));
}
