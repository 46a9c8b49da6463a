/** Where the measured costs of the intervals are written: a module for the product, and README's table. */
import type { IntervalCost } from "../../src/vscode/intervalCosts.js";

const TABLE = /(<!-- intervals -->\n)[\s\S]*?(<!-- \/intervals -->)/;

export function costsModule(costs: readonly IntervalCost[]): string {
  const rows = costs.map(
    ({ minutes, emissions, cpuSeconds, memoryMegabytes }) =>
      `  { minutes: ${minutes}, emissions: ${emissions}, cpuSeconds: ${cpuSeconds}, memoryMegabytes: ${memoryMegabytes} },`,
  );
  return `/** What an interval costs an hour, with the server and one client on the sample folder. */
export interface IntervalCost {
  readonly minutes: number;
  readonly emissions: number;
  /** Of one core. */
  readonly cpuSeconds: number;
  /** Of the whole process, without VS Code around it. */
  readonly memoryMegabytes: number;
}

/** Measured; written by \`npm run bench -- intervals --write\`. */
export const INTERVAL_COSTS: readonly IntervalCost[] = [
${rows.join("\n")}
];
`;
}

/** @throws Error where README has no place for the table */
export function withIntervalTable(readme: string, costs: readonly IntervalCost[]): string {
  if (!TABLE.test(readme)) throw new Error("README.md has no <!-- intervals --> for the table");
  return readme.replace(TABLE, (_, begin: string, end: string) => `${begin}${intervalTable(costs)}${end}`);
}

function intervalTable(costs: readonly IntervalCost[]): string {
  const rows = costs.map(
    ({ minutes, emissions, cpuSeconds, memoryMegabytes }) =>
      `| ${minutes} min | ${emissions} | ${cpuSeconds} s | ${memoryMegabytes} MB |\n`,
  );
  return `| Interval | Emissions an hour | CPU an hour | Memory |\n|---|---|---|---|\n${rows.join("")}`;
}
