/** How values are written for people: the same in the panel, the status bar and the notifications. */
import type { MetricFormat, MetricValue } from "./snapshot.js";

export interface Displayed {
  readonly value: MetricValue;
  readonly format: MetricFormat;
  readonly unit: string | null;
}

/** What stands for a value that cannot be had. */
export const NO_VALUE = "–";

/** A value with its unit, by locale; an em dash's shorter sister where there is none. Amounts in whole units lose their ".00". */
export function displayValue({ value, format, unit }: Displayed, locale?: string): string {
  if (value === null) return NO_VALUE;
  if (typeof value === "string") return value;
  return displayNumber(value, format, unit, locale, "auto");
}

/** The difference of two values, signed; `null` where either is not a number or they are equal. */
export function displayDelta(
  from: MetricValue,
  to: MetricValue,
  { format, unit }: Pick<Displayed, "format" | "unit">,
  locale?: string,
): { readonly text: string; readonly direction: "up" | "down" } | null {
  if (typeof from !== "number" || typeof to !== "number" || from === to) return null;
  const difference = roundAsWritten(to - from, from, to);
  return {
    text: displayNumber(Math.abs(difference), format, unit, locale, "never"),
    direction: difference > 0 ? "up" : "down",
  };
}

/** The relative change in percent, signed by locale; `null` where there is no base to compare with. */
export function displayPercentChange(from: MetricValue, to: MetricValue, locale?: string): string | null {
  if (typeof from !== "number" || typeof to !== "number" || from === 0 || from === to) return null;
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(
    Math.abs((to - from) / from),
  );
}

function displayNumber(
  value: number,
  format: MetricFormat,
  unit: string | null,
  locale: string | undefined,
  signDisplay: "auto" | "never",
): string {
  if (format === "currency") {
    const options: Intl.NumberFormatOptions = {
      style: "currency",
      currency: unit ?? "USD",
      currencyDisplay: "narrowSymbol",
      signDisplay,
    };
    if (Number.isInteger(value)) options.maximumFractionDigits = 0;
    return new Intl.NumberFormat(locale, options).format(value);
  }
  const text = new Intl.NumberFormat(locale, { maximumFractionDigits: 6, signDisplay }).format(value);
  if (format === "percent") return `${text} %`;
  return unit ? `${text} ${unit}` : text;
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
