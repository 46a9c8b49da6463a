import { appendFileSync, readFileSync } from "node:fs";

/** One measured quantity with the bound it is held to, both in `unit`. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly bound: number;
  readonly unit: string;
}

/** Notes a figure in the file that the benchmark's run collects. */
export function note(file: string, figure: Figure): void {
  appendFileSync(file, `${JSON.stringify(figure)}\n`);
}

/** The figures noted so far; of several under one name, their median. */
export function readFigures(file: string): Figure[] {
  const noted = readFileSync(file, "utf8").trim().split("\n");
  const byName = new Map<string, Figure[]>();
  for (const line of noted) {
    const figure: Figure = JSON.parse(line);
    byName.set(figure.name, [...(byName.get(figure.name) ?? []), figure]);
  }
  return [...byName.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    const values = [first, ...more].map(({ value }) => value);
    return [{ ...first, value: percentile(values, 50) }];
  });
}

/** @param percent 0 to 100 */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.ceil((percent / 100) * sorted.length) - 1;
  return sorted[Math.max(0, rank)] ?? Number.NaN;
}
