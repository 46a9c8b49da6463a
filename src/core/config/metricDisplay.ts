import type { ConfigObject } from "./configObject.js";
import { type ConfigFix, replaceBy } from "./configProblem.js";
import type { MetricDisplay } from "./metricDefinition.js";
import { labelOf } from "./metricLabel.js";
import { METRIC_FORMATS, type MetricKey, OTHER_FORMATS } from "./vocabulary.js";

const MAX_LABEL = 100;
const MAX_SIGN = 50;
const MAX_DECIMALS = 20;

type MetricObject = ConfigObject<MetricKey>;

/** How a metric is shown, with every default filled in; what is wrong is among the problems. */
export function parseDisplay(metric: MetricObject, id: string): MetricDisplay {
  const display: MetricDisplay = {
    label: metric.text("label", MAX_LABEL) ?? labelOf(id),
    format: metric.choice("format", METRIC_FORMATS, OTHER_FORMATS),
    unit: metric.optionalText("unit", MAX_SIGN),
    prefix: metric.optionalText("prefix", MAX_SIGN),
    suffix: metric.optionalText("suffix", MAX_SIGN),
    scale: parseScale(metric),
    decimals: parseDecimals(metric),
    icon: metric.optionalText("icon", MAX_SIGN),
  };
  if (display.format === "currency" && display.unit !== null) checkCurrency(metric, display.unit);
  return display;
}

function parseScale(metric: MetricObject): number {
  const scale = metric.number("scale") ?? 1;
  if (scale === 0)
    metric.wrong("scale", 'A "scale" of 0 makes every value 0. Write another number, or remove it.');
  return scale;
}

function parseDecimals(metric: MetricObject): number | null {
  const decimals = metric.number("decimals");
  if (decimals === null || (Number.isInteger(decimals) && decimals >= 0 && decimals <= MAX_DECIMALS)) {
    return decimals;
  }
  metric.wrong("decimals", `"decimals" must be a whole number from 0 to ${MAX_DECIMALS}.`);
  return null;
}

function checkCurrency(metric: MetricObject, unit: string): void {
  if (isCurrency(unit)) return;
  const value = metric.member("unit")?.value;
  const meant = CURRENCY_SYMBOLS.get(unit) ?? unit.toUpperCase();
  const fix: ConfigFix | null = value && isCurrency(meant) ? replaceBy(value, meant) : null;
  metric.wrong("unit", 'A currency is written with its three letters, such as "USD", "EUR" or "PLN".', fix);
}

let currencies: ReadonlySet<string> | null = null;

/** Whether these are the three letters of a currency that `fusion.json` takes. */
export function isCurrency(code: string): boolean {
  currencies ??= new Set(Intl.supportedValuesOf("currency"));
  return currencies.has(code);
}

/** Signs of currencies, with their three letters. */
export const CURRENCY_SYMBOLS: ReadonlyMap<string, string> = new Map([
  ["$", "USD"],
  ["€", "EUR"],
  ["£", "GBP"],
  ["¥", "JPY"],
  ["₹", "INR"],
  ["zł", "PLN"],
]);
