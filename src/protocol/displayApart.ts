import { type Displayed, displayValue } from "./display.js";
import type { MetricValue, ValueDisplay } from "./snapshot.js";

/** As many as a number has at most that is told from another one. */
const MOST_DECIMALS = 15;

/** Two values as they are written; where that would be the same for two numbers, as much more exactly as tells them apart. */
export function displayApart(
  [one, other]: readonly [MetricValue, MetricValue],
  display: ValueDisplay,
  locale?: string,
): readonly [string, string] {
  const write = (displayed: (value: MetricValue) => Displayed) =>
    [displayValue(displayed(one), locale), displayValue(displayed(other), locale)] as const;
  const plain = write((value) => ({ ...display, value }));
  const areNumbers = typeof one === "number" && typeof other === "number";
  if (!areNumbers || display.concealed || one === other || plain[0] !== plain[1]) return plain;
  const finer =
    display.format === "duration" ? { ...display, format: "number" as const, unit: "s" } : display;
  for (let most = 0; most <= MOST_DECIMALS; most++) {
    const exact = write((value) => ({ ...finer, decimals: decimalsWithin(value, most, display), value }));
    if (exact[0] !== exact[1]) return exact;
  }
  return plain;
}

/** A number that has fewer than others is not filled up with zeros; sizes never are. */
function decimalsWithin(value: MetricValue, most: number, { format, decimals = 0 }: ValueDisplay): number {
  if (format === "bytes") return most;
  const [, written = ""] = String(Number(Number(value).toFixed(most))).split(".");
  return Math.max(decimals, written.length);
}
