/**
 * Follows a folder and prints each snapshot as a line of JSON: `node starvedStream.js folder`. The word `starve` on its
 * input has it open files until no handle is left, `free` has it close them; each is answered by itself, once it is so.
 */
import { closeSync, openSync } from "node:fs";
import { devNull } from "node:os";
import { createInterface } from "node:readline";
import { systemClock } from "../../src/core/clock.js";
import { FusionStream } from "../../src/core/stream.js";
import { folderSource } from "./folderStream.js";

const [, , folder = ""] = process.argv;
const handles: number[] = [];
let filling: NodeJS.Timeout | undefined;

/** Handles that a program still running gives back are taken as well, until none has come for this long (ms). */
const QUIET_MS = 200;

function starve(): void {
  let last = performance.now();
  let told = false;
  filling = setInterval(() => {
    if (fill() > 0) last = performance.now();
    if (told || performance.now() - last < QUIET_MS) return;
    told = true;
    answer("starve");
  }, 1);
}

/** Takes every handle there is. Returns how many there were. */
function fill(): number {
  const before = handles.length;
  try {
    for (;;) handles.push(openSync(devNull, "r"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EMFILE") throw error;
  }
  return handles.length - before;
}

function free(): void {
  clearInterval(filling);
  for (const handle of handles.splice(0)) closeSync(handle);
  answer("free");
}

function answer(word: string): void {
  process.stdout.write(`${JSON.stringify(word)}\n`);
}

const stream = new FusionStream({ clock: systemClock, log: () => undefined });
stream.onSnapshot(({ metrics }) => process.stdout.write(`${JSON.stringify(metrics)}\n`));
createInterface(process.stdin).on("line", (word) => (word === "starve" ? starve() : free()));
stream.follow(folderSource(folder));
