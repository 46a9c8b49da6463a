/**
 * Writes numbered lines to a log at 1,000 a second and rotates it at even distances, keeping what was rotated away:
 * `node rotatingWriter.js file rotations linesEach way`, where the way is `rename`, `create` (renamed, with an empty
 * successor before the writer turns to it, as logrotate does), `copy` or `even` (renamed; every line is the same).
 */
import { closeSync, copyFileSync, existsSync, openSync, renameSync, truncateSync, writeSync } from "node:fs";

const [, , file = "", rotations = "0", linesEach = "0", way = ""] = process.argv;
const LINES_A_TURN = 10;
const TURN_MS = 10;

const pause = new Int32Array(new SharedArrayBuffer(4));
let handle = openSync(file, "a");
let line = 0;

function write(): void {
  line++;
  writeSync(handle, way === "even" ? "error: 1\n" : `error: ${line} of ${"x".repeat(line % 50)}\n`);
}

function rotate(): void {
  if (way === "copy") {
    shift();
    copyFileSync(file, `${file}.1`);
    truncateSync(file, 0);
    return;
  }
  shift();
  renameSync(file, `${file}.1`);
  if (way === "create") {
    closeSync(openSync(file, "a"));
    for (let late = 0; late < LINES_A_TURN; late++) write();
  }
  closeSync(handle);
  handle = openSync(file, "a");
}

function shift(): void {
  for (let n = Number(rotations); n >= 1; n--) {
    if (existsSync(`${file}.${n}`)) renameSync(`${file}.${n}`, `${file}.${n + 1}`);
  }
}

for (let rotation = 0; rotation <= Number(rotations); rotation++) {
  if (rotation > 0) rotate();
  for (let written = 0; written < Number(linesEach); written += LINES_A_TURN) {
    for (let turn = 0; turn < LINES_A_TURN; turn++) write();
    Atomics.wait(pause, 0, 0, TURN_MS);
  }
}
closeSync(handle);
process.stdout.write(String(line));
