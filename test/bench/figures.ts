import { appendFileSync, readFileSync } from "node:fs";

/** A measured quantity and the bound it is held to, both in `unit`; `null` for one that is only told. */
interface Quantity {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly bound: number | null;
}

/** A quantity beside what a plain baseline needs in the same run; `bound` is a multiple of the baseline. */
interface Comparison extends Quantity {
  readonly baseline: number;
}

/** A quantity that could not be measured. */
interface Failure {
  readonly name: string;
  readonly failure: string;
}

export type Figure = Quantity | Comparison | Failure;

/** Tells a figure at once, and notes it in the file FUSION_FIGURES, where set, for the table at the end. */
export function note(figure: Figure): void {
  const { measured, figure: value, baseline, ratio, bound, within } = rowOf(figure);
  const comparison = ratio === "" ? "" : ` against ${baseline}: ${ratio}`;
  const limit = bound === "" ? "" : ` (${bound}) ${within}`;
  process.stdout.write(`  ${measured}: ${value}${comparison}${limit}\n`);
  const { FUSION_FIGURES } = process.env;
  if (FUSION_FIGURES) appendFileSync(FUSION_FIGURES, `${JSON.stringify(figure)}\n`);
}

/** The figures noted so far; of several under one name, the median. */
export function readFigures(file: string): Figure[] {
  const byName = new Map<string, Figure[]>();
  for (const line of readFileSync(file, "utf8").split("\n")) {
    if (line === "") continue;
    const figure: Figure = JSON.parse(line);
    byName.set(figure.name, [...(byName.get(figure.name) ?? []), figure]);
  }
  return [...byName.values()].flatMap((figures) => medianFigure(figures) ?? []);
}

function medianFigure(figures: readonly Figure[]): Figure | undefined {
  const failed = figures.find((figure) => "failure" in figure);
  if (failed) return failed;
  const sorted = [...figures].sort((a, b) => judged(a) - judged(b));
  return sorted[Math.ceil(sorted.length / 2) - 1];
}

/** What is held to the bound. */
function judged(figure: Figure): number {
  if ("failure" in figure) return Number.NaN;
  return "baseline" in figure ? figure.value / figure.baseline : figure.value;
}

export function isWithin(figure: Figure): boolean {
  return !("failure" in figure) && (figure.bound === null || judged(figure) <= figure.bound);
}

/** A figure as a row of the table. */
export function rowOf(figure: Figure) {
  const row = { measured: figure.name, baseline: "", ratio: "", bound: "", within: "" };
  if ("failure" in figure) return { ...row, figure: `failed: ${figure.failure}`, within: "NO" };
  const { value, unit, bound } = figure;
  const told = { ...row, figure: `${rounded(value)} ${unit}` };
  const within = bound === null ? "" : isWithin(figure) ? "yes" : "NO";
  if (!("baseline" in figure)) return { ...told, bound: bound === null ? "" : `≤ ${bound} ${unit}`, within };
  return {
    ...told,
    baseline: `${rounded(figure.baseline)} ${unit}`,
    ratio: `${judged(figure).toFixed(2)} ×`,
    bound: bound === null ? "" : `≤ ${bound} ×`,
    within,
  };
}

/** Three digits that count, or all before the point. */
function rounded(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/** @param percent 0 to 100 */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.ceil((percent / 100) * sorted.length) - 1;
  return sorted[Math.max(0, rank)] ?? Number.NaN;
}
