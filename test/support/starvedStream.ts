/**
 * Follows a folder and prints each snapshot as a line of JSON: `node starvedStream.js folder`. The word `starve` on its
 * input has it open files until no handle is left, `free` has it close them; each is answered by itself, once it is so.
 */
import { createInterface } from "node:readline";
import { systemClock } from "../../src/core/clock.js";
import { FusionStream } from "../../src/core/stream.js";
import { folderSource } from "./folderStream.js";
import { TakenHandles } from "./takenHandles.js";

const [, , folder = ""] = process.argv;
const handles = new TakenHandles();
let filling: NodeJS.Timeout | undefined;

/** Handles that a program still running gives back are taken as well, until none has come for this long (ms). */
const QUIET_MS = 200;

function starve(): void {
  let last = performance.now();
  let told = false;
  filling = setInterval(() => {
    if (handles.take() > 0) last = performance.now();
    if (told || performance.now() - last < QUIET_MS) return;
    told = true;
    answer("starve");
  }, 1);
}

function free(): void {
  clearInterval(filling);
  handles.free();
  answer("free");
}

function answer(word: string): void {
  process.stdout.write(`${JSON.stringify(word)}\n`);
}

const stream = new FusionStream({ clock: systemClock, log: () => undefined });
stream.onSnapshot(({ metrics }) => process.stdout.write(`${JSON.stringify(metrics)}\n`));
createInterface(process.stdin).on("line", (word) => (word === "starve" ? starve() : free()));
stream.follow(folderSource(folder));
