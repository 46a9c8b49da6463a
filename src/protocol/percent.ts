/** How percentages are written. */
import { numberFormat } from "./formats.js";

/** As the language writes them; in English with a space before the sign, as before every other unit. */
export function inPercent(
  value: number,
  locale: string | undefined,
  digits: Intl.NumberFormatOptions,
): string {
  if (locale === undefined || /^en\b/.test(locale)) return `${numberFormat(locale, digits).format(value)} %`;
  return numberFormat(locale, { ...digits, style: "unit", unit: "percent" }).format(value);
}
