/** Prints the table of figures: `node out/test/bench/report.js figures.jsonl`. Ends with 1 where a bound is exceeded. */
import { readFigures } from "./figures.js";

const [, , file] = process.argv;
if (!file) throw new Error("Of what? Give the file of the figures");

const rows = readFigures(file).map(({ name, value, bound, unit }) => ({
  measured: name,
  figure: `${value.toFixed(1)} ${unit}`,
  bound: `≤ ${bound} ${unit}`,
  within: value <= bound ? "yes" : "NO",
}));
console.table(rows);
if (rows.some(({ within }) => within === "NO")) process.exitCode = 1;
