/** The arithmetic of a card's strip of states: a day of words, as blocks. */
import type { HistoryPoint, HistoryRange } from "../../src/protocol/history.js";
import { isSpeck, within } from "./sparkline.js";
import { type StateMark, stateMarks } from "./stateMarks.js";

/** What lasted for a moment only is seen all the same; in the units of the drawing. */
const LEAST_WIDTH = 1;

/** A word for as long as it held. */
export interface StateBlock {
  /** In the units of the drawing. */
  readonly x: number;
  readonly width: number;
  readonly tone: StateMark["tone"];
}

/**
 * Where nothing is known there is no block; neighbours are other words.
 * @param range what the width shows; the last word is known to hold until its end
 * @returns none where words are known of less than a sixtieth of the range
 */
export function stateBlocks(
  points: readonly HistoryPoint[],
  range: HistoryRange,
  width: number,
): readonly StateBlock[] {
  const shown = within(points, range).filter(([, value], index, all) => value !== all[index - 1]?.[1]);
  const marks = stateMarks(shown.map(([, value]) => value));
  const x = (at: number) => ((at - range.from) / (range.to - range.from)) * width;
  let known = 0;
  const blocks = shown.flatMap(([at, value], index) => {
    const mark = typeof value === "string" ? marks.get(value) : undefined;
    if (!mark) return [];
    const until = shown[index + 1]?.[0] ?? range.to;
    known += until - at;
    // What began just now stands at the very end.
    const begin = Math.min(x(at), width - LEAST_WIDTH);
    return { x: begin, width: Math.max(LEAST_WIDTH, x(until) - begin), tone: mark.tone };
  });
  return isSpeck(known, range) ? [] : blocks;
}
