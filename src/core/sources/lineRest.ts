import type { FileState } from "./folderReader.js";

/** A last line without an end counts as complete when nobody has written for this long (ms). */
export const LAST_LINE_REST_MS = 2_000;

/** Tells for how long nobody has written to a log. */
export class LineRest {
  private seen = { signature: "", at: 0 };

  /** In milliseconds; since this was first asked where the stamp lies ahead, as on a drive whose clock does. */
  of({ signature, modifiedAt }: FileState): number {
    const rest = Date.now() - modifiedAt;
    if (rest >= 0) return rest;
    // Unlike the other clock, this one is never set back.
    const now = Math.floor(performance.now());
    if (this.seen.signature !== signature) this.seen = { signature, at: now };
    return now - this.seen.at;
  }
}
