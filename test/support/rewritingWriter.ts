/**
 * Rewrites a JSON file, as fast as it can, with numbers that only fit each other where they were written together:
 * `node rewritingWriter.js file rewrites way`, where the way is `rename` or `place`. It stops for a moment now and then, as
 * programs do.
 */
import { renameSync, writeFileSync } from "node:fs";

const [, , file = "", rewrites = "0", way = ""] = process.argv;
/** Long enough for several reads by the system. */
const FILLER = "x".repeat(200_000);

function contentOf(n: number): string {
  const digits = String(n).padStart(6, "1");
  return JSON.stringify({ mrr: Number(digits), filler: FILLER, check: Number(digits) * 7 });
}

const pause = new Int32Array(new SharedArrayBuffer(4));
const count = Number(rewrites);
for (let n = 1; n <= count; n++) {
  const content = contentOf(100_000 + n);
  if (way === "rename") {
    writeFileSync(`${file}.new`, content);
    renameSync(`${file}.new`, file);
  } else writeFileSync(file, content);
  if (n % 100 === 0) Atomics.wait(pause, 0, 0, 60);
}
