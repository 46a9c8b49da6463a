import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { FollowedFolder } from "./followedFolder.js";
import { waitFor } from "./waitFor.js";

const WRITER = resolve("out/test/support/rotatingWriter.js");
const LOG = "logs/app.log";

/** How the writer rotates its log: see `rotatingWriter`. */
export type Rotation = "rename" | "create" | "copy" | "even";

/** What was counted of a log while another program wrote and rotated it. */
export interface RotationCourse {
  readonly written: number;
  /** In the end, and at most ever. */
  readonly counted: number;
  readonly most: number;
  /** Of the lines' numbers that were counted, less that of those that were written. */
  readonly sumError: number;
}

/** A folder whose log is followed. */
export async function followedLog(): Promise<FollowedFolder> {
  const folder = new FollowedFolder();
  folder.write({ [LOG]: "" });
  folder.declare({
    lines: { file: LOG, match: "error", aggregate: "count" },
    sum: { file: LOG, match: "error: (\\d+)", aggregate: "sum" },
    last: { file: LOG, match: "error: (\\d+)" },
  });
  folder.follow();
  await folder.shows("lines", 0);
  return folder;
}

/** Lets another program write 1,000 lines a second and rotate them, until the last line is shown. */
export async function followRotations(
  way: Rotation,
  rotations: number,
  linesEach: number,
): Promise<RotationCourse> {
  const folder = await followedLog();
  try {
    const args = [WRITER, folder.resolve(LOG), String(rotations), String(linesEach), way];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const written = Number(stdout);
    if (way === "copy") await folder.shows("last", written);
    // What is missing is for the figures to tell.
    else await waitFor(() => folder.metric("lines")?.value === written).catch(() => undefined);
    const sum = Number(folder.metric("sum")?.value);
    return {
      written,
      counted: Number(folder.metric("lines")?.value),
      most: Math.max(...folder.emitted.map(({ metrics }) => Number(metrics.lines?.value))),
      sumError: sum - (written * (written + 1)) / 2,
    };
  } finally {
    folder.dispose();
  }
}
