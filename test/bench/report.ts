/** Prints the table of figures: `node out/test/bench/report.js figures.jsonl`. Ends with 1 where a bound is exceeded. */
import { isWithin, readFigures, rowOf } from "./figures.js";

const [, , file] = process.argv;
if (!file) throw new Error("Of what? Give the file of the figures");

const figures = readFigures(file);
const rows = figures.map((figure) => {
  const { measured, ...row } = rowOf(figure);
  // Why it failed was told when it did.
  return [measured, "failure" in figure ? { ...row, figure: "failed" } : row] as const;
});
console.table(Object.fromEntries(rows), ["figure", "baseline", "ratio", "bound", "within"]);
if (!figures.every(isWithin)) process.exitCode = 1;
